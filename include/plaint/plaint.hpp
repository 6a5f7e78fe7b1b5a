// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <plaint/time/instant.hpp>
#include <plaint/time/span.hpp>
#include <plaint/version.hpp>
