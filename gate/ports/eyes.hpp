// What a lane asks of the recogniser.
#pragma once

#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gate/core/framing.hpp"
#include "gate/core/moment.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/result.hpp"

namespace ports {

/// An encoded picture (JPEG or PNG) as a camera gave it.
struct Picture {
  std::string camera;   // the camera's name in the configuration
  std::string encoded;  // bytes of the file, untouched: its SHA-256 is evidence
  core::Moment captured;
  core::Framing framing{};  // of that camera; boxes are in pixels of the whole picture all the same
  std::string lane{};       // for which it was taken: cameras of two lanes may have one name
};

struct Eyes {
  virtual ~Eyes() = default;

  /// Reads all pictures of one passage as views of one truck.
  /// A picture that is none, or not to be believed, is left out and named among the sighting's faults;
  /// nothing may be left to read then. `corrupt` only when none of them is a picture.
  virtual boost::asio::awaitable<core::Result<core::Sighting>> read(std::vector<Picture> views) = 0;
};

}  // namespace ports
