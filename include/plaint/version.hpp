// SPDX-License-Identifier: BSL-1.0
#pragma once

/// The version of the library; the only place where it is written.
#define PLAINT_VERSION_MAJOR 0
#define PLAINT_VERSION_MINOR 1
#define PLAINT_VERSION_PATCH 0
