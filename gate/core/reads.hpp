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

/// Why a lane may not act on a read: one of the reasons.
enum class Doubt {
  none,         // it may: the read is sure
  check_digit,  // the check digit does not fit
  height,       // capitals of a height that the camera's configuration rules out
  unclear,      // the picture bears the text out badly
  rival,        // another text is borne out nearly as well
  one_view,     // clear and without a rival, but not so much that one view alone would do
  no_sheet,     // letters without a plate's sheet round them, or with room for more on it
  no_country,   // as no country has its plates
};
BOOST_DESCRIBE_ENUM(Doubt, none, check_digit, height, unclear, rival, one_view, no_sheet, no_country)

/// One container code. `confidence` is the permille of such reads that are right. `sure` says that a lane may
/// act on this one; a code whose check digit is wrong is never sure.
struct ContainerRead {
  std::string code;       // 11 characters, ISO 6346 (or ILU) grammar; empty is never stored
  std::string size_type;  // "22G1"; empty where it was not read
  int confidence = 0;
  bool sure = false;
  Doubt doubt = Doubt::none;  // none where it is sure
  bool check_digit = false;   // the check digit fits
  Orientation orientation = Orientation::horizontal;
  Box box{};
  std::vector<std::string> alternatives;  // likeliest first, without `code`; only shown, never acted on
};
BOOST_DESCRIBE_STRUCT(ContainerRead, (),
                      (code, size_type, confidence, sure, doubt, check_digit, orientation, box, alternatives))

/// One licence plate, normalised: upper case, no blanks, dots or dashes.
struct PlateRead {
  std::string plate;
  std::string raw;      // as it was read, before any country's pattern swapped a letter for a digit
  std::string country;  // "BE", "NL", ...; a guess; empty where no pattern fits
  int confidence = 0;
  bool sure = false;
  Doubt doubt = Doubt::none;  // none where it is sure
  Box box{};
  std::vector<std::string> alternatives{};  // likeliest first, without `plate`; only shown, never acted on
};
BOOST_DESCRIBE_STRUCT(PlateRead, (), (plate, raw, country, confidence, sure, doubt, box, alternatives))

/// Why nothing is known from a view: there is no picture of it, or one that is not to be believed.
enum class ViewFaultKind {
  no_picture,     // the camera gave none, or bytes that are none
  covered,        // something right before the lens, or dense fog: nearly nothing stands out
  defocused,      // out of focus or smeared: no sharp edge anywhere
  under_exposed,  // so dark that no lettering can be told
  over_exposed,   // so burnt that no lettering can be told
  frozen,         // the same frame as earlier: the camera stands still, or somebody plays a picture back
  displaced,  // nothing of what always stands in this view: the camera was turned, or a screen is held before
              // it
};
BOOST_DESCRIBE_ENUM(ViewFaultKind, no_picture, covered, defocused, under_exposed, over_exposed, frozen,
                    displaced)

struct ViewFault {
  std::string camera;
  ViewFaultKind kind = ViewFaultKind::covered;
  std::string what;  // a sentence in figures
};
BOOST_DESCRIBE_STRUCT(ViewFault, (), (camera, kind, what))

/// All that one picture, or all pictures of one passage together, showed; the likeliest first.
struct Sighting {
  std::vector<ContainerRead> containers;
  std::vector<PlateRead> plates;
  std::int64_t milliseconds = 0;  // spent reading, on the recogniser's own thread
  std::vector<ViewFault> faults;  // of views that were left out, each at most once
};
BOOST_DESCRIBE_STRUCT(Sighting, (), (containers, plates, milliseconds, faults))

}  // namespace core
