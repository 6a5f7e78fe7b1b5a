// SPDX-License-Identifier: BSL-1.0

// The part of Boost.JSON that has to be compiled once.
#include <boost/json/src.hpp>
