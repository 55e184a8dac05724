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
#include "gate/console/router.hpp"

namespace console {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

using Stream = beast::basic_stream<asio::generic::stream_protocol>;
using Header = http::request_header<>;
using HeadParser = http::request_parser<http::empty_body>;
using Parser = http::request_parser<http::string_body>;

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t piece_bytes = 256 * 1024;

std::optional<std::string> only_one(const Header& message, http::field field) {
  if (message.count(field) != 1) return std::nullopt;
  return std::string(message[field]);
}

Request request_of(const Header& message, const Peer& peer) {
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

/// A body too large to be kept: handed on piece by piece, at the pace of whoever takes it.
class Upload {
 public:
  Upload(Stream& stream, beast::flat_buffer& buffer, HeadParser&& head, const Limits& limits)
      : stream_(stream), buffer_(buffer), parser_(std::move(head)), limits_(limits) {
    parser_.body_limit(static_cast<std::uint64_t>(limits.upload_bytes));
    awaits_leave_ = beast::iequals(parser_.get()[http::field::expect], "100-continue");
  }

  asio::awaitable<core::Result<std::string>> next() {
    if (std::exchange(awaits_leave_, false)) co_await give_leave();
    std::string piece(parser_.is_done() ? 0 : piece_bytes, '\0');
    if (piece.empty()) co_return piece;
    parser_.get().body().data = piece.data();
    parser_.get().body().size = piece.size();
    stream_.expires_after(limits_.request);
    const auto [error, size] = co_await http::async_read(stream_, buffer_, parser_, quiet);
    stream_.expires_never();
    if (error == http::error::body_limit)
      co_return core::fail(core::Fault::refused, too_large(limits_.upload_bytes));
    if (error == beast::error::timeout)
      co_return core::fail(core::Fault::timeout, "the rest of the file did not come in time");
    if (error && error != http::error::need_buffer)
      co_return core::fail(core::Fault::broken, "the connection ended before the file did");
    piece.resize(piece.size() - parser_.get().body().size);
    co_return piece;
  }

  [[nodiscard]] bool is_done() const { return parser_.is_done(); }
  [[nodiscard]] bool keep_alive() const { return parser_.keep_alive(); }
  [[nodiscard]] const Header& header() const { return parser_.get().base(); }

  static std::string too_large(std::int64_t most) {
    return "the body is too large; at most " + std::to_string(most) + " bytes allowed";
  }

 private:
  asio::awaitable<void> give_leave() {
    http::response<http::empty_body> leave(http::status::continue_, 11);
    stream_.expires_after(limits_.answer);
    co_await http::async_write(stream_, leave, quiet);
  }

  Stream& stream_;
  beast::flat_buffer& buffer_;
  http::request_parser<http::buffer_body> parser_;
  const Limits& limits_;
  bool awaits_leave_ = false;
};

Response refusal_of(const beast::error_code& error) {
  if (error == http::error::header_limit) return failure(431, "too_large", "the header is too large");
  if (error == http::error::body_limit) return failure(413, "too_large", "the body is too large");
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

std::string_view path_of(const Header& header) {
  const std::string_view target(header.target().data(), header.target().size());
  return target.substr(0, target.find('?'));
}

bool is_upload(const Header& header) {
  return takes_upload(std::string_view(header.method_string().data(), header.method_string().size()),
                      path_of(header));
}

/// False: the connection has come to its end.
asio::awaitable<bool> take_upload(Stream& stream, Upload& upload, const Peer& peer, const Handle& handle,
                                  const Limits& limits) {
  Request request = request_of(upload.header(), peer);
  request.upload = [&upload] { return upload.next(); };
  const bool keep_alive = upload.keep_alive();
  const unsigned version = upload.header().version();
  stream.expires_never();
  Response response = co_await handle(std::move(request));
  if (!upload.is_done()) {
    co_await part(stream, std::move(response));
    co_return false;
  }
  stream.expires_after(limits.answer);
  co_return co_await answer(stream, std::move(response), false, version, keep_alive);
}

/// False: the connection has come to its end.
asio::awaitable<bool> take_request(Stream& stream, Parser& parser, const Peer& peer, const Handle& handle,
                                   const Limits& limits) {
  const bool keep_alive = parser.keep_alive();
  const unsigned version = parser.get().version();
  const bool head = parser.get().method() == http::verb::head;
  Request request = request_of(parser.get(), peer);
  request.body = std::move(parser.get().body());
  stream.expires_never();
  Response response = co_await handle(std::move(request));
  if (response.stream) {
    co_await feed(stream, std::move(response), version, limits);
    co_return false;
  }
  stream.expires_after(limits.answer);
  co_return co_await answer(stream, std::move(response), head, version, keep_alive);
}

asio::awaitable<void> converse(Stream& stream, const Peer& peer, const Handle& handle, const Limits& limits) {
  beast::flat_buffer buffer(limits.header_bytes + limits.body_bytes);
  for (bool more = true; more;) {
    HeadParser head;
    head.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
    head.body_limit(boost::none);  // judged below, by the route
    stream.expires_after(limits.idle);
    auto [error, size] = co_await http::async_read_header(stream, buffer, head, quiet);
    const bool uploads = !error && is_upload(head.get());
    const std::int64_t most = uploads ? limits.upload_bytes : static_cast<std::int64_t>(limits.body_bytes);
    if (!error && head.content_length() && *head.content_length() > static_cast<std::uint64_t>(most)) {
      co_await part(stream, failure(413, "too_large", Upload::too_large(most)));
      co_return;
    }
    if (uploads) {
      Upload upload(stream, buffer, std::move(head), limits);
      more = co_await take_upload(stream, upload, peer, handle, limits);
      continue;
    }
    std::optional<Parser> parser;
    if (!error) {
      parser.emplace(std::move(head));
      parser->body_limit(limits.body_bytes);
      stream.expires_after(limits.request);
      std::tie(error, size) = co_await http::async_read(stream, buffer, *parser, quiet);
    }
    if (error) {
      if (!is_over(error)) co_await part(stream, refusal_of(error));
      co_return;
    }
    more = co_await take_request(stream, *parser, peer, handle, limits);
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
