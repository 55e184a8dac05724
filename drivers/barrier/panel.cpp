#include "drivers/barrier/panel.hpp"

#include <algorithm>
#include <utility>

namespace barrier {

Panel::Panel(const config::Barrier& config, Wiring wiring) : config_(config), wiring_(std::move(wiring)) {
  for (const Coil& coil : {wiring_.open, wiring_.close, wiring_.green}) meant_[coil.number] = false;
  if (wiring_.hold) meant_[wiring_.hold->number] = false;
  meant_[wiring_.red.number] = true;
}

template <class Work>
auto Panel::with_bus(Work work) -> decltype(work(std::declval<Bus&>())) {
  if (!bus_) return core::fail(core::Fault::broken, "the I/O module is not connected");
  auto done = work(*bus_);
  if (!done) bus_.reset();
  return done;
}

core::Result<void> Panel::connect() {
  auto bus = Bus::connect(config_.module, config_.unit, config_.answer);
  if (!bus) return tl::unexpected(bus.error());
  bus_ = std::move(*bus);
  return put_all();
}

core::Result<void> Panel::put_all() {
  // What is meant to be off comes first: never both lamps, never both commands.
  for (const bool wanted : {false, true}) {
    for (const auto& [coil, on] : meant_) {
      if (on != wanted) continue;
      auto done = with_bus([coil = coil, on = on](Bus& bus) { return bus.write_coil(coil, on); });
      if (!done) return done;
    }
  }
  return {};
}

core::Result<core::Signals> Panel::read() {
  const auto bits =
      with_bus([this](Bus& bus) { return bus.read_inputs(wiring_.first_input(), wiring_.input_count()); });
  if (!bits) return tl::unexpected(bits.error());
  return wiring_.signals(*bits);
}

core::Result<void> Panel::put(const Coil& coil, bool on) {
  meant_[coil.number] = on;
  auto done = with_bus([&coil, on](Bus& bus) { return bus.write_coil(coil.number, on); });
  if (!done) done.error().what = coil.name + ": " + done.error().what;
  return done;
}

core::Result<void> Panel::command(const Coil& wanted, const Coil& opposite, core::SteadyTime now) {
  if (meant_[opposite.number]) {
    pulse_ends_.erase(opposite.number);
    if (auto ended = put(opposite, false); !ended) return ended;
  }
  const bool already = meant_[wanted.number];
  auto done = put(wanted, true);
  if (!done) {
    // A command that failed must not be carried out later, by the next connection.
    meant_[wanted.number] = false;
    pulse_ends_.erase(wanted.number);
  } else if (!already && wanted.pulse.count() > 0) {
    pulse_ends_[wanted.number] = now + wanted.pulse;
  }
  return done;
}

core::Result<void> Panel::raise(core::SteadyTime now) { return command(wiring_.open, wiring_.close, now); }

core::Result<void> Panel::lower(core::SteadyTime now) {
  const auto signals = read();
  if (!signals) return tl::unexpected(signals.error());
  if (!clear_under_arm(*signals)) {
    return core::fail(core::Fault::refused,
                      "lower: the safety loop or the photocell is not known to be free");
  }
  return command(wiring_.close, wiring_.open, now);
}

core::Result<void> Panel::show(core::Lamp lamp) {
  const bool green = lamp == core::Lamp::green;
  auto done = put(green ? wiring_.red : wiring_.green, false);
  if (done) done = put(green ? wiring_.green : wiring_.red, true);
  if (!done) {
    meant_[wiring_.green.number] = false;  // red on any doubt
    meant_[wiring_.red.number] = true;
  }
  return done;
}

core::Result<void> Panel::end_pulses(core::SteadyTime now) {
  for (const Coil& coil : {wiring_.open, wiring_.close}) {
    const auto end = pulse_ends_.find(coil.number);
    if (end == pulse_ends_.end() || end->second > now) continue;
    pulse_ends_.erase(end);
    if (auto ended = put(coil, false); !ended) return ended;
  }
  return {};
}

std::optional<core::SteadyTime> Panel::next_pulse_end() const {
  std::optional<core::SteadyTime> next;
  for (const auto& [coil, end] : pulse_ends_) next = std::min(next.value_or(end), end);
  return next;
}

core::Result<void> Panel::stop_closing() {
  if (!meant_[wiring_.close.number]) return {};
  pulse_ends_.erase(wiring_.close.number);
  return put(wiring_.close, false);
}

core::Result<void> Panel::make_safe() {
  pulse_ends_.clear();
  for (auto& [coil, on] : meant_) on = coil == wiring_.red.number;
  return bus_ ? put_all() : core::Result<void>{};
}

}  // namespace barrier
