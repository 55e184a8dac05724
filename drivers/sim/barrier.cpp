#include "drivers/sim/barrier.hpp"

#include <algorithm>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "drivers/sim/bell.hpp"

namespace sim {

namespace asio = boost::asio;
using core::Level;

struct Barrier::Body : std::enable_shared_from_this<Barrier::Body> {
  Body(const asio::any_io_executor& runs_on, ports::Clock& of, core::Milliseconds arm_travel)
      : executor(runs_on), clock(of), travel(arm_travel), bell(runs_on) {}

  asio::any_io_executor executor;
  ports::Clock& clock;
  core::Milliseconds travel;
  core::Milliseconds delay{0};
  Bell bell;

  core::Signals contacts{Level::off, Level::off, Level::off, Level::off, Level::off,
                         Level::on,  Level::off, Level::off, Level::off, Level::off};
  core::Milliseconds opened{0};  // 0: closed .. travel: open; where the last movement began
  core::SteadyTime since{};      // when it began
  int heading = 0;               // +1 opening, -1 closing, 0 standing
  int movement = 0;              // number of the last movement; an older one ends nothing
  bool stuck = false;
  bool lost = false;
  std::optional<core::Error> error;
  core::Lamp lamp = core::Lamp::red;
  std::vector<GivenCommand> commands;
  std::optional<core::Signals> returned;

  [[nodiscard]] core::Signals visible() const { return lost ? core::Signals{} : contacts; }

  [[nodiscard]] core::Milliseconds position() const {
    const auto moved = opened + heading * (clock.now().steady - since);
    return std::clamp(moved, core::Milliseconds{0}, travel);
  }

  void show_limits() {
    contacts.open_limit = opened == travel && heading == 0 ? Level::on : Level::off;
    contacts.closed_limit = opened.count() == 0 && heading == 0 ? Level::on : Level::off;
    bell.ring();
  }

  void stand() {
    opened = position();
    heading = 0;
    ++movement;
  }

  void move(bool open) {
    stand();
    const auto way = open ? travel - opened : opened;
    if (stuck || way.count() == 0) return;
    heading = open ? 1 : -1;
    since = clock.now().steady;
    show_limits();
    asio::co_spawn(executor, arrive(shared_from_this(), movement, since + way), asio::detached);
  }

  static asio::awaitable<void> arrive(std::shared_ptr<Body> body, int number, core::SteadyTime when) {
    co_await body->clock.until(when);
    if (number != body->movement) co_return;
    body->stand();
    body->show_limits();
  }

  /// What every command does first.
  asio::awaitable<core::Result<void>> answer() {
    if (delay.count() > 0) co_await clock.until(clock.now().steady + delay);
    if (error) co_return tl::unexpected(*error);
    co_return core::Result<void>{};
  }

  void note(Command command) { commands.push_back({command, clock.now()}); }
};

Barrier::Barrier(const asio::any_io_executor& executor, ports::Clock& clock, core::Milliseconds travel)
    : body_(std::make_shared<Body>(executor, clock, travel)) {}

Barrier::~Barrier() = default;

asio::awaitable<core::Result<void>> Barrier::raise() {
  const auto body = body_;
  if (auto answer = co_await body->answer(); !answer) co_return answer;
  body->note(Command::raise);
  body->move(true);
  co_return core::Result<void>{};
}

asio::awaitable<core::Result<void>> Barrier::lower() {
  const auto body = body_;
  if (auto answer = co_await body->answer(); !answer) co_return answer;
  const auto seen = body->visible();
  if (seen.safety != Level::off || seen.photocell != Level::off) {
    co_return core::fail(core::Fault::refused,
                         "lower: the safety loop or the photocell is not known to be free");
  }
  body->note(Command::lower);
  body->move(false);
  co_return core::Result<void>{};
}

asio::awaitable<core::Result<void>> Barrier::show(core::Lamp lamp) {
  const auto body = body_;
  if (auto answer = co_await body->answer(); !answer) co_return answer;
  body->note(lamp == core::Lamp::green ? Command::green : Command::red);
  body->lamp = lamp;
  co_return core::Result<void>{};
}

asio::awaitable<core::Signals> Barrier::changed() {
  const auto body = body_;
  while (body->returned == body->visible()) co_await body->bell.wait();
  body->returned = body->visible();
  co_return *body->returned;
}

void Barrier::set(Level core::Signals::*contact, Level level) {
  body_->contacts.*contact = level;
  body_->bell.ring();
}

void Barrier::stick(bool stuck) {
  if (stuck) {
    body_->stand();
    body_->show_limits();
  }
  body_->stuck = stuck;
}

void Barrier::push_arm(bool open) { body_->move(open); }

void Barrier::lose_contacts(bool lost) {
  body_->lost = lost;
  body_->bell.ring();
}

void Barrier::fail_commands(std::optional<core::Error> error) { body_->error = std::move(error); }

void Barrier::answer_after(core::Milliseconds delay) { body_->delay = delay; }

core::Signals Barrier::signals() const { return body_->visible(); }

core::Lamp Barrier::lamp() const { return body_->lamp; }

const std::vector<GivenCommand>& Barrier::commands() const { return body_->commands; }

}  // namespace sim
