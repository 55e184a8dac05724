// One HTTP request and its answer as the console's routes see them, free of the HTTP library.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "gate/core/result.hpp"

namespace console {

struct Subscriber;

/// The next piece of a body that is too large to be kept; empty at its end.
using Pieces = std::function<boost::asio::awaitable<core::Result<std::string>>()>;

/// Who is at the other end, as the operating system knows it.
struct Peer {
  bool control = false;  // came over the control socket, and was let in
  std::string name;      // "uid:0" over the control socket; empty over TCP
};

struct Request {
  Peer peer;
  std::string method;
  std::string path;   // without the query
  std::string query;  // without the question mark
  std::string body;
  Pieces upload;                    // of a route that takes a file: in place of `body`
  std::optional<std::string> host;  // absent also where it was sent more than once
  std::optional<std::string> origin;
  std::optional<std::string> authorization;
  std::optional<std::string> content_type;
};

struct Response {
  int status = 200;
  std::string type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<Subscriber> stream;  // an open answer: server-sent events follow, `body` is not sent
};

using Handle = std::function<boost::asio::awaitable<Response>(Request)>;

/// {"error": ..., "what": ...}
[[nodiscard]] Response failure(int status, std::string_view error, std::string_view what);

/// The status that a failure below has on the outside.
[[nodiscard]] Response failure(const core::Error& error);

}  // namespace console
