#include "drivers/badge/reader.hpp"

#include <algorithm>
#include <array>
#include <deque>
#include <random>
#include <string>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <netinet/tcp.h>
#include <sodium.h>

#include "drivers/badge/line.hpp"

namespace badge {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr auto quiet = asio::as_tuple(asio::use_awaitable);
constexpr core::Milliseconds first_wait{200}, longest_wait{10'000}, connect_time{3'000};

/// A serial server that loses its power says nothing: the kernel asks after it.
void notice_dead_peer(tcp::socket& socket) {
  error_code ignored;
  socket.set_option(asio::socket_base::keep_alive(true), ignored);
  using Option = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPIDLE>;
  using Interval = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPINTVL>;
  using Count = asio::detail::socket_option::integer<IPPROTO_TCP, TCP_KEEPCNT>;
  socket.set_option(Option(10), ignored);
  socket.set_option(Interval(5), ignored);
  socket.set_option(Count(3), ignored);
}

}  // namespace

struct Reader::Body : std::enable_shared_from_this<Reader::Body> {
  Body(const asio::any_io_executor& executor, ports::Clock& of, config::Reader settings,
       const IdentityKey& identity)
      : clock(of),
        config(std::move(settings)),
        key(identity),
        place("badge reader at " + config.line.host + ":" + std::to_string(config.line.port) + ": "),
        socket(executor),
        resolver(executor),
        patience(executor),
        bell(executor, asio::steady_timer::time_point::max()),
        nap(executor, asio::steady_timer::time_point::max()) {}

  ports::Clock& clock;
  config::Reader config;
  IdentityKey key;
  std::string place;
  tcp::socket socket;
  tcp::resolver resolver;
  asio::steady_timer patience;  // with connecting
  asio::steady_timer bell;      // never expires; cancelled when something came
  asio::steady_timer nap;       // never expires; cancelled when the reader stops
  std::deque<core::Result<ports::IdentityRead>> reads;
  std::int64_t dropped = 0;
  bool connected = false;
  bool stopping = false;
  bool flooded = false;  // this connection was ended by us: the device talked too much
  int lines_left = burst;
  core::SteadyTime refilled = clock.now().steady;
  core::Milliseconds wait = first_wait;
  std::minstd_rand chance{std::random_device{}()};

  void push(core::Result<ports::IdentityRead> read) {
    if (reads.size() == kept) {
      reads.pop_front();
      ++dropped;
    }
    reads.push_back(std::move(read));
    bell.cancel();
  }

  void stop() {
    stopping = true;
    error_code ignored;
    socket.close(ignored);
    resolver.cancel();
    patience.cancel();
    nap.cancel();
  }

  /// One line a second is given back, also while we are hung up.
  bool too_many_lines() {
    constexpr auto each = std::chrono::seconds(1);
    const auto given = (clock.now().steady - refilled) / each;
    refilled += given * each;
    lines_left = static_cast<int>(std::min<std::int64_t>(burst, lines_left + given));
    if (lines_left == 0) return true;
    --lines_left;
    return false;
  }

  /// Equal distances would make all lanes of a terminal call on a rebooted serial server at once.
  core::Milliseconds next_wait() {
    const auto now = std::exchange(wait, std::min(wait * 2, longest_wait));
    return now / 2 + core::Milliseconds(std::uniform_int_distribution<long>(0, now.count() / 2)(chance));
  }

  asio::awaitable<error_code> connect() {
    const auto [unresolved, places] =
        co_await resolver.async_resolve(config.line.host, std::to_string(config.line.port), quiet);
    if (unresolved) co_return unresolved;
    patience.expires_after(connect_time);
    patience.async_wait([body = shared_from_this()](error_code cancelled) {
      if (!cancelled) body->socket.close(cancelled);
    });
    error_code error = asio::error::host_not_found;
    for (const auto& one : places) {
      socket = tcp::socket(socket.get_executor());
      std::tie(error) = co_await socket.async_connect(one.endpoint(), quiet);
      if (!error || stopping) break;
    }
    const bool too_late = patience.cancel() == 0;
    if (error && too_late) error = asio::error::timed_out;
    if (stopping) error = asio::error::operation_aborted;
    co_return error;
  }

  void take(core::Result<std::string> line) {
    if (!line) return push(core::fail(line.error().fault, place + line.error().what));
    auto parsed = parse_line(*line);
    sodium_memzero(line->data(), line->size());
    if (!parsed) return push(core::fail(parsed.error().fault, place + parsed.error().what));
    wait = first_wait;
    if (const auto* tar = std::get_if<TarLine>(&*parsed)) return push(ports::TarRead{tar->tar, clock.now()});
    auto& number = std::get<BadgeLine>(*parsed).card_number;
    auto hash = driver_id_hash(key, number);
    sodium_memzero(number.data(), number.size());
    if (!hash) return push(tl::unexpected(hash.error()));
    push(ports::BadgeRead{std::move(*hash), clock.now()});
  }

  /// Takes what is whole; false: there is more than people can have keyed in.
  bool take_all(LineCutter& cutter) {
    while (auto line = cutter.next()) {
      if (too_many_lines()) {
        if (*line) sodium_memzero((*line)->data(), (*line)->size());
        return false;
      }
      take(std::move(*line));
    }
    return true;
  }

  /// Until the line is lost, or we hang up.
  asio::awaitable<error_code> listen() {
    LineCutter cutter(static_cast<std::size_t>(config.max_line));
    std::array<char, 512> piece{};
    const auto longer = wait;  // a flood must not end the growing of the pauses
    for (;;) {
      const auto [error, size] = co_await socket.async_read_some(asio::buffer(piece), quiet);
      cutter.feed({piece.data(), size});
      sodium_memzero(piece.data(), piece.size());
      flooded = !take_all(cutter);
      if (flooded) wait = std::max(wait, longer);
      if (error || flooded) co_return error;
    }
  }

  [[nodiscard]] std::string why(const error_code& error) const {
    return flooded ? "it sends more lines than people can key in; hung up" : error.message();
  }

  static asio::awaitable<void> run(std::shared_ptr<Body> body) {
    using namespace asio::experimental::awaitable_operators;
    bool told = false;  // of this outage
    while (!body->stopping) {
      auto error = co_await body->connect();
      if (!error) {
        notice_dead_peer(body->socket);
        body->connected = true;
        told = false;
        body->flooded = false;
        error = co_await body->listen();
        body->connected = false;
        error_code ignored;
        body->socket.close(ignored);
      }
      if (body->stopping) co_return;
      if (!std::exchange(told, true))
        body->push(core::fail(core::Fault::broken, body->place + body->why(error)));
      co_await (body->clock.until(body->clock.now().steady + body->next_wait()) ||
                body->nap.async_wait(quiet));
    }
  }
};

Reader::Reader(const asio::any_io_executor& executor, ports::Clock& clock, const config::Reader& config,
               const IdentityKey& key)
    : body_(std::make_shared<Body>(executor, clock, config, key)) {
  asio::co_spawn(executor, Body::run(body_), asio::detached);
}

Reader::~Reader() { body_->stop(); }

asio::awaitable<core::Result<ports::IdentityRead>> Reader::next() {
  const auto body = body_;
  while (body->reads.empty()) co_await body->bell.async_wait(quiet);
  auto read = std::move(body->reads.front());
  body->reads.pop_front();
  co_return read;
}

bool Reader::connected() const { return body_->connected; }

std::size_t Reader::waiting() const { return body_->reads.size(); }

std::int64_t Reader::dropped() const { return body_->dropped; }

}  // namespace badge
