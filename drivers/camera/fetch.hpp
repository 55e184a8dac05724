// Gets a picture from a network camera over HTTP. Blocks: for a thread of the cameras' pool.
#pragma once

#include <functional>
#include <string>

#include "config/config.hpp"
#include "gate/core/result.hpp"

namespace camera {

/// The URL as it may stand in a log: without user, password and query.
[[nodiscard]] std::string without_secrets(const std::string& url);

/// Gets a picture a call, in the way of its kind of camera. Thread-safe. Faults: timeout, broken, corrupt.
using Fetch = std::function<core::Result<std::string>(const std::function<bool()>& unwanted)>;
[[nodiscard]] Fetch fetch_for(const config::Camera& camera);

/// http or https only, no redirects, no proxy; user and password come from the URL, sent by basic or
/// digest authentication as the camera asks. Ends within `timeout`, earlier when nothing arrives for half
/// of it (whole seconds) or when `unwanted` says so. At most `max_bytes`.
[[nodiscard]] core::Result<std::string> fetch_still(const config::Camera& camera,
                                                    const std::function<bool()>& unwanted);

/// The first whole JPEG part of a stream that is opened by this call.
[[nodiscard]] core::Result<std::string> fetch_mjpeg(const config::Camera& camera,
                                                    const std::function<bool()>& unwanted);

}  // namespace camera
