// The words of a day script that stand for enumerators.
#pragma once

#include <boost/describe/enum.hpp>

#include "tests/world/day.hpp"

namespace world {

BOOST_DESCRIBE_ENUM(Condition, clean, dirty, night, blurred, rain, unreadable)
BOOST_DESCRIBE_ENUM(Behaviour, passes, backs_out, waits)
BOOST_DESCRIBE_ENUM(Fate, free, claimed, used)

}  // namespace world
