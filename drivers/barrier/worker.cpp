#include "drivers/barrier/worker.hpp"

#include <utility>

namespace barrier {

namespace {

core::SteadyTime steady_now() {
  return std::chrono::floor<core::Milliseconds>(std::chrono::steady_clock::now());
}

}  // namespace

Worker::Worker(const config::Barrier& config, Wiring wiring, Tell tell)
    : panel_(config, std::move(wiring)), schedule_(steady_now(), config.poll), tell_(std::move(tell)) {
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Worker::~Worker() {
  thread_.request_stop();
  thread_.join();
}

void Worker::order(Command command, const handoff::Promise<core::Result<void>>& done) {
  {
    const std::lock_guard lock(mutex_);
    orders_.push_back({command, done});
  }
  wake_.notify_one();
}

Health Worker::health() const {
  const std::lock_guard lock(mutex_);
  return health_;
}

void Worker::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    tend(steady_now());
    for (const Order& order : wait(stop, due())) {
      if (order.done.abandoned()) continue;  // nobody wants it any more: a late arm is worse than none
      tend(steady_now());
      order.done.keep(carry_out(order.command, steady_now()));
    }
  }
  finish();
}

std::deque<Worker::Order> Worker::wait(const std::stop_token& stop, core::SteadyTime due) {
  std::unique_lock lock(mutex_);
  wake_.wait_until(lock, stop, due, [this] { return !orders_.empty(); });
  return std::exchange(orders_, {});
}

core::SteadyTime Worker::due() const {
  if (!panel_.connected()) return retry_at_;
  return std::min(schedule_.next(), panel_.next_pulse_end().value_or(core::SteadyTime::max()));
}

void Worker::tend(core::SteadyTime now) {
  if (!panel_.connected() && now >= retry_at_) connect(now);
  if (!panel_.connected()) return;
  if (const auto ended = panel_.end_pulses(now); !ended) return doubt(ended.error(), now);
  if (now >= schedule_.next()) poll(now);
}

void Worker::connect(core::SteadyTime now) {
  if (const auto connected = panel_.connect(); !connected) return doubt(connected.error(), now);
  poll(now);
}

void Worker::poll(core::SteadyTime now) {
  const auto signals = panel_.read();
  schedule_.done(steady_now());
  if (!signals) return doubt(signals.error(), now);
  back_off_.succeeded();
  note({});
  tell_.levels(*signals, steady_now());
  if (clear_under_arm(*signals)) return;
  if (const auto stopped = panel_.stop_closing(); !stopped) doubt(stopped.error(), now);
}

core::Result<void> Worker::carry_out(Command command, core::SteadyTime now) {
  if (!panel_.connected())
    return core::fail(core::Fault::broken, "the I/O module is not connected: " + last_doubt_);
  core::Result<void> done;
  switch (command) {
    case Command::raise:
      done = panel_.raise(now);
      break;
    case Command::lower:
      done = panel_.lower(now);
      break;
    case Command::red:
      done = panel_.show(core::Lamp::red);
      break;
    case Command::green:
      done = panel_.show(core::Lamp::green);
      break;
  }
  if (!panel_.connected()) doubt(done.error(), now);
  return done;
}

void Worker::doubt(const core::Error& why, core::SteadyTime now) {
  last_doubt_ = why.what;
  const auto wait = back_off_.failed();
  retry_at_ = steady_now() + wait;
  {
    const std::lock_guard lock(mutex_);
    ++health_.doubts;
  }
  // The first new connection is tried at once: one lost answer is no outage. `levels` age meanwhile.
  if (wait.count() == 0) return;
  (void)panel_.make_safe();  // not connected: what the next connection writes first
  tell_.levels(core::Signals{}, now);
  note(why.what);
}

void Worker::note(const std::string& trouble) {
  bool changed = false;
  {
    const std::lock_guard lock(mutex_);
    changed = health_.working != trouble.empty() || health_.trouble != trouble;
    health_.working = trouble.empty();
    health_.trouble = trouble;
    if (trouble.empty()) ++health_.polls;
  }
  if (changed && tell_.trouble) tell_.trouble(trouble);
}

void Worker::finish() {
  (void)panel_.make_safe();  // a module that does not answer now has its own time-out
  const std::lock_guard lock(mutex_);
  for (const Order& order : orders_)
    order.done.keep(core::fail(core::Fault::broken, "the barrier's driver stops"));
  orders_.clear();
}

}  // namespace barrier
