#include "drivers/barrier/barrier.hpp"

#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace barrier {

namespace asio = boost::asio;

/// The levels read last, between the worker's thread and the executor.
struct Barrier::Board : std::enable_shared_from_this<Barrier::Board> {
  Board(const asio::any_io_executor& executor, core::Milliseconds lasts)
      : life(lasts), bell(executor, asio::steady_timer::time_point::max()) {}

  struct View {
    core::Signals signals;
    core::SteadyTime until = core::SteadyTime::max();  // then they are too old
  };

  void put(const core::Signals& signals, core::SteadyTime read_at) {
    const std::lock_guard lock(mutex);
    const bool news = signals != latest.signals;
    latest = {signals, signals == core::Signals{} ? core::SteadyTime::max() : read_at + life};
    if (news) asio::post(bell.get_executor(), [board = shared_from_this()] { board->bell.cancel(); });
  }

  [[nodiscard]] View look() {
    const std::lock_guard lock(mutex);
    // Compared in milliseconds: the end of time counted in nanoseconds would overflow.
    const auto now = std::chrono::floor<core::Milliseconds>(std::chrono::steady_clock::now());
    return now < latest.until ? latest : View{};
  }

  const core::Milliseconds life;
  std::mutex mutex;
  View latest;                            // guarded by mutex
  asio::steady_timer bell;                // the executor's
  std::optional<core::Signals> returned;  // the executor's
};

namespace {

/// One unanswered request and the polls around it.
core::Milliseconds life_of_levels(const config::Barrier& config) { return config.answer + 4 * config.poll; }

}  // namespace

Barrier::Barrier(const asio::any_io_executor& executor, const config::Barrier& config, Wiring wiring,
                 std::function<void(const std::string&)> trouble)
    : executor_(executor),
      place_("barrier at " + config.module.host + ":" + std::to_string(config.module.port) + ": "),
      board_(std::make_shared<Board>(executor, life_of_levels(config))),
      worker_(config, std::move(wiring),
              {.levels = [board = board_](const core::Signals& signals,
                                          core::SteadyTime at) { board->put(signals, at); },
               .trouble = std::move(trouble)}) {}

Barrier::~Barrier() = default;

asio::awaitable<core::Result<void>> Barrier::order(Command command) {
  const handoff::Promise<core::Result<void>> done(executor_);
  worker_.order(command, done);
  const auto place = place_;
  auto result = co_await done.kept();
  if (!result) result.error().what = place + result.error().what;
  co_return result;
}

asio::awaitable<core::Result<void>> Barrier::raise() { return order(Command::raise); }

asio::awaitable<core::Result<void>> Barrier::lower() { return order(Command::lower); }

asio::awaitable<core::Result<void>> Barrier::show(core::Lamp lamp) {
  return order(lamp == core::Lamp::green ? Command::green : Command::red);
}

asio::awaitable<core::Signals> Barrier::changed() {
  const auto board = board_;
  for (;;) {
    const auto view = board->look();
    if (board->returned != view.signals) {
      board->returned = view.signals;
      co_return view.signals;
    }
    board->bell.expires_at(std::chrono::steady_clock::time_point(
        view.until == core::SteadyTime::max()
            ? std::chrono::steady_clock::duration::max()
            : std::chrono::steady_clock::duration(view.until.time_since_epoch())));
    co_await board->bell.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

}  // namespace barrier
