// What a lane asks of the badge reader, and of the keypad or QR reader that gives a TAR.
#pragma once

#include <string>
#include <variant>

#include <boost/asio/awaitable.hpp>

#include "gate/core/moment.hpp"
#include "gate/core/result.hpp"

namespace ports {

/// The card number never leaves the driver: only its keyed hash does.
struct BadgeRead {
  std::string credential_hash;  // keyId:hex(HMAC-SHA256(identity key, canonical number))
  core::Moment captured;
};

struct TarRead {
  std::string tar;
  core::Moment captured;
};

using IdentityRead = std::variant<BadgeRead, TarRead>;

struct IdentityReader {
  virtual ~IdentityReader() = default;

  /// The next read. A line that is none (`malformed`) and a lost connection (`broken`) are reported
  /// once each and never end the reader: it goes on, reconnecting and backing off by itself.
  virtual boost::asio::awaitable<core::Result<IdentityRead>> next() = 0;
};

}  // namespace ports
