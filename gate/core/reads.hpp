// What the eyes saw in pictures. No expectation has gone into a read.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace core {

/// Upright box in pixels of the picture; origin top left.
struct Box {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};
BOOST_DESCRIBE_STRUCT(Box, (), (x, y, width, height))

enum class Orientation { horizontal, vertical };
BOOST_DESCRIBE_ENUM(Orientation, horizontal, vertical)

/// One container code. `confidence` is a permille. `sure` is the calibrated statement that a lane
/// may act on this read; a code whose check digit is wrong is never sure.
struct ContainerRead {
  std::string code;       // 11 characters, ISO 6346 (or ILU) grammar; empty is never stored
  std::string size_type;  // "22G1"; empty where it was not read
  int confidence = 0;
  bool sure = false;
  bool check_digit = false;  // the check digit fits
  Orientation orientation = Orientation::horizontal;
  Box box;
  std::vector<std::string> alternatives;  // likeliest first, without `code`; only shown, never acted on
};
BOOST_DESCRIBE_STRUCT(ContainerRead, (),
                      (code, size_type, confidence, sure, check_digit, orientation, box, alternatives))

/// One licence plate, normalised: upper case, no blanks, dots or dashes.
struct PlateRead {
  std::string plate;
  std::string raw;      // as it was read, before any country's pattern swapped a letter for a digit
  std::string country;  // "BE", "NL", ...; a guess; empty where no pattern fits
  int confidence = 0;
  bool sure = false;
  Box box;
};
BOOST_DESCRIBE_STRUCT(PlateRead, (), (plate, raw, country, confidence, sure, box))

/// All that one picture, or all pictures of one passage together, showed; the likeliest first.
struct Sighting {
  std::vector<ContainerRead> containers;
  std::vector<PlateRead> plates;
  std::int64_t milliseconds = 0;  // spent reading, on the recogniser's own thread
};
BOOST_DESCRIBE_STRUCT(Sighting, (), (containers, plates, milliseconds))

}  // namespace core
