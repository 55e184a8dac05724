#include "gate/console/http.hpp"

#include <array>
#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "gate/console/hub.hpp"

namespace console {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using Stream = beast::basic_stream<asio::generic::stream_protocol>;
using Parser = http::request_parser<http::string_body>;

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);

std::optional<std::string> only_one(const Parser::value_type& message, http::field field) {
  if (message.count(field) != 1) return std::nullopt;
  return std::string(message[field]);
}

Request request_of(Parser::value_type message, const Peer& peer) {
  Request request;
  request.peer = peer;
  request.method = std::string(message.method_string());
  const std::string target(message.target());
  const std::size_t mark = std::min(target.find('?'), target.size());
  request.path = target.substr(0, mark);
  request.query = mark < target.size() ? target.substr(mark + 1) : "";
  request.host = only_one(message, http::field::host);
  request.content_type = only_one(message, http::field::content_type);
  // Present but not exactly once is as bad as wrong: the guard is to see it.
  if (message.count(http::field::origin) > 0)
    request.origin = only_one(message, http::field::origin).value_or("");
  if (message.count(http::field::authorization) > 0) {
    request.authorization = only_one(message, http::field::authorization).value_or("");
  }
  request.body = std::move(message.body());
  return request;
}

template <class Body>
http::response<Body> head_of(const Response& from, unsigned version, bool keep_alive) {
  http::response<Body> head(static_cast<http::status>(from.status), version);
  head.set(http::field::content_type, from.type);
  for (const auto& [name, value] : from.headers) head.set(name, value);
  head.keep_alive(keep_alive);
  return head;
}

asio::awaitable<bool> answer(Stream& stream, Response response, bool head, unsigned version,
                             bool keep_alive) {
  beast::error_code error;
  std::size_t written = 0;
  if (head) {
    auto message = head_of<http::empty_body>(response, version, keep_alive);
    message.content_length(response.body.size());
    std::tie(error, written) = co_await http::async_write(stream, message, quiet);
  } else {
    auto message = head_of<http::string_body>(response, version, keep_alive);
    message.body() = std::move(response.body);
    message.prepare_payload();
    std::tie(error, written) = co_await http::async_write(stream, message, quiet);
  }
  co_return !error && keep_alive;
}

/// An open answer: its end is the end of the connection. What a client sends meanwhile is not read.
asio::awaitable<void> feed(Stream& stream, Response response, unsigned version, const Limits& limits) {
  const std::shared_ptr<Subscriber> subscriber = response.stream;
  auto head = head_of<http::empty_body>(response, version, false);
  http::response_serializer<http::empty_body> serializer(head);
  stream.expires_after(limits.answer);
  auto [error, written] = co_await http::async_write_header(stream, serializer, quiet);
  std::string text = "retry: 2000\n\n";
  while (!error) {
    stream.expires_after(limits.answer);
    std::tie(error, written) = co_await asio::async_write(stream, asio::buffer(text), quiet);
    if (error || subscriber->dropped) co_return;
    if (subscriber->queue.empty()) {
      subscriber->wake.expires_after(limits.heartbeat);
      co_await subscriber->wake.async_wait(quiet);
    }
    text = ": still here\n\n";
    if (subscriber->queue.empty()) continue;
    text = *subscriber->queue.front();
    subscriber->bytes -= text.size();
    subscriber->queue.pop_front();
  }
}

Response refusal_of(const beast::error_code& error) {
  if (error == http::error::header_limit) return failure(431, "too_large", "the header is too large");
  if (error == http::error::body_limit) return failure(413, "too_large", "the body is larger than 64 KiB");
  return failure(400, "malformed", "this is not HTTP/1.1: " + error.message());
}

/// Says why and closes. What still arrives is read away for a moment: closing on unread bytes would
/// reset the connection and take the answer with it.
asio::awaitable<void> part(Stream& stream, Response response) {
  stream.expires_after(std::chrono::seconds(2));
  co_await answer(stream, std::move(response), false, 11, false);
  beast::error_code error;
  stream.socket().shutdown(asio::socket_base::shutdown_send, error);
  std::array<char, 4096> rest{};
  for (std::size_t read = 0; !error && read < (1 << 20);) {
    std::size_t size = 0;
    std::tie(error, size) = co_await stream.async_read_some(asio::buffer(rest), quiet);
    read += size;
  }
}

/// Nobody is left to be told: the client has gone, or dawdled, and then the stream has closed itself.
bool is_over(const beast::error_code& error) {
  return error == http::error::end_of_stream || error == asio::error::connection_reset ||
         error == beast::error::timeout;
}

asio::awaitable<void> converse(Stream& stream, const Peer& peer, const Handle& handle, const Limits& limits) {
  beast::flat_buffer buffer(limits.header_bytes + limits.body_bytes);
  for (;;) {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    parser.body_limit(limits.body_bytes);
    stream.expires_after(limits.idle);
    auto [error, size] = co_await http::async_read_header(stream, buffer, parser, quiet);
    if (!error) {
      stream.expires_after(limits.request);
      std::tie(error, size) = co_await http::async_read(stream, buffer, parser, quiet);
    }
    if (error) {
      if (!is_over(error)) co_await part(stream, refusal_of(error));
      co_return;
    }
    const bool keep_alive = parser.keep_alive();
    const unsigned version = parser.get().version();
    const bool head = parser.get().method() == http::verb::head;
    stream.expires_never();
    Response response = co_await handle(request_of(parser.release(), peer));
    if (response.stream) {
      co_await feed(stream, std::move(response), version, limits);
      co_return;
    }
    stream.expires_after(limits.answer);
    const bool more = co_await answer(stream, std::move(response), head, version, keep_alive);
    if (!more) co_return;
  }
}

}  // namespace

asio::awaitable<void> serve(Socket socket, Peer peer, const Handle& handle, const Limits& limits) {
  try {
    Stream stream(std::move(socket));
    co_await converse(stream, peer, handle, limits);
    stream.close();
  } catch (const std::exception&) {
    // The library throws on what it cannot hold (a full buffer); the connection ends, the others go on.
  }
}

}  // namespace console
