// Which route a request means, and what may be said about every answer.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <boost/asio/awaitable.hpp>

#include "gate/console/guard.hpp"
#include "gate/console/message.hpp"

namespace console {

class Api;

/// What a route gets: the request, who sent it, and what stood for the {name} in its path.
struct Call {
  Request request;
  Person person;
  std::string name;
};

struct Route {
  std::string_view method;
  std::string_view path;  // with at most one {name}
  Access access;
  boost::asio::awaitable<Response> (Api::*answer)(Call);
  bool upload = false;  // its body is a file, and comes in pieces
};

/// Every route there is; openapi.yaml lists the same.
[[nodiscard]] std::span<const Route> routes();

/// Whether a request's body is to be handed on piece by piece.
[[nodiscard]] bool takes_upload(std::string_view method, std::string_view path);

/// What stands for the {name}; empty where the pattern has none; nullopt where the path does not match.
[[nodiscard]] std::optional<std::string> match(std::string_view pattern, std::string_view path);

/// The value of one query parameter, as it stands there.
[[nodiscard]] std::optional<std::string> query_value(std::string_view query, std::string_view key);

/// Headers that every answer carries: nothing is sniffed, framed, cached or loaded from elsewhere.
void harden(Response& response);

}  // namespace console
