#include "tests/world/devices/io_module.hpp"

#include <cstring>
#include <stdexcept>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/world/devices/io_server.hpp"

namespace world {

namespace {

using core::Signals;

struct Wire {
  core::Level Signals::*contact;
  const char* name;
  bool normally_closed;
};

constexpr std::array<Wire, 10> wires{{{&Signals::presence, "presence", false},
                                      {&Signals::safety, "safety", true},
                                      {&Signals::passage, "passage", false},
                                      {&Signals::photocell, "photocell", true},
                                      {&Signals::open_limit, "open_limit", false},
                                      {&Signals::closed_limit, "closed_limit", false},
                                      {&Signals::unhinged, "unhinged", true},
                                      {&Signals::fault, "fault", true},
                                      {&Signals::manual_key, "manual_key", false},
                                      {&Signals::fire_alarm, "fire_alarm", true}}};
constexpr std::size_t safety = 1, photocell = 3, open_limit = 4, closed_limit = 5;
constexpr std::size_t open_coil = 0, close_coil = 1, green_coil = 2, red_coil = 3, hold_coil = 4;

core::SteadyTime steady_now() {
  return std::chrono::floor<core::Milliseconds>(std::chrono::steady_clock::now());
}

std::size_t input_of(core::Level Signals::*contact) {
  for (std::size_t i = 0; i < wires.size(); ++i) {
    if (wires[i].contact == contact) return i;
  }
  throw std::invalid_argument("no such contact");
}

}  // namespace

IoModule::IoModule(core::Milliseconds travel, int port) : arm_(travel), wake_(eventfd(0, EFD_NONBLOCK)) {
  first_listener_ = io_server::listen_on(port);
  port_ = io_server::port_of(first_listener_);
  thread_ = std::thread([this] { serve(); });
}

IoModule::~IoModule() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  eventfd_write(wake_, 1);
  thread_.join();
  close(wake_);
}

config::Barrier IoModule::config() const {
  config::Barrier barrier;
  barrier.module = {.host = "127.0.0.1", .port = port_};
  for (std::size_t i = 0; i < wires.size(); ++i) {
    barrier.inputs[wires[i].name] = {.number = static_cast<int>(i),
                                     .contact = wires[i].normally_closed ? config::Contact::normally_closed
                                                                         : config::Contact::normally_open};
  }
  const auto pulse = std::chrono::milliseconds(200);
  barrier.outputs = {{"open", {.coil = 0, .pulse = pulse}},
                     {"close", {.coil = 1, .pulse = pulse}},
                     {"green", {.coil = 2}},
                     {"red", {.coil = 3}},
                     {"hold", {.coil = 4}}};
  return barrier;
}

void IoModule::set(core::Level Signals::*contact, bool on) {
  const std::lock_guard lock(mutex_);
  const auto input = input_of(contact);
  if (input == open_limit || input == closed_limit) {
    forced_limits_[input] = on;
  } else {
    set_[input] = on;
  }
}

void IoModule::set(std::string_view contact, bool on) {
  for (const auto& wire : wires) {
    if (wire.name == contact) return set(wire.contact, on);
  }
  throw std::invalid_argument("no contact named " + std::string(contact));
}

void IoModule::cut(core::Level Signals::*contact, bool is_cut) {
  const std::lock_guard lock(mutex_);
  cut_[input_of(contact)] = is_cut;
}

void IoModule::push_arm(bool open) {
  const std::lock_guard lock(mutex_);
  forced_limits_.clear();
  open ? arm_.open(steady_now()) : arm_.close(steady_now());
}

void IoModule::stick_arm(bool stuck) {
  const std::lock_guard lock(mutex_);
  arm_.stick(stuck, steady_now());
}

void IoModule::trouble(Trouble what) {
  const std::lock_guard lock(mutex_);
  trouble_ = what;
  trouble_left_ = -1;
}

void IoModule::trouble_once(Trouble what, int requests) {
  const std::lock_guard lock(mutex_);
  trouble_ = what;
  trouble_left_ = requests;
}

Trouble IoModule::next_trouble() {
  const auto now = trouble_;
  if (trouble_left_ > 0 && --trouble_left_ == 0) trouble_ = Trouble::none;
  return now;
}

void IoModule::answer_late_once(core::Milliseconds delay) {
  const std::lock_guard lock(mutex_);
  late_ = delay;
}

void IoModule::power(bool on) {
  {
    const std::lock_guard lock(mutex_);
    powered_ = on;
    if (!on) take_coils({});
  }
  eventfd_write(wake_, 1);
}

core::Signals IoModule::signals() const {
  const std::lock_guard lock(mutex_);
  core::Signals all;
  for (std::size_t i = 0; i < wires.size(); ++i)
    all.*wires[i].contact = level(i) ? core::Level::on : core::Level::off;
  return all;
}

bool IoModule::coil(int number) const {
  const std::lock_guard lock(mutex_);
  return coils_.at(static_cast<std::size_t>(number));
}

Witness IoModule::witness() const {
  const std::lock_guard lock(mutex_);
  return witness_;
}

bool IoModule::level(std::size_t input) const {
  if (const auto forced = forced_limits_.find(input); forced != forced_limits_.end()) return forced->second;
  if (input == open_limit) return arm_.at_open_limit(steady_now());
  if (input == closed_limit) return arm_.at_closed_limit(steady_now());
  return set_[input];
}

void IoModule::witness_pulse(bool is_on, std::size_t coil, int& count) {
  if (is_on && !coils_[coil]) {
    ++count;
    on_since_[coil] = steady_now();
  } else if (!is_on && coils_[coil]) {
    witness_.longest_pulse = std::max(witness_.longest_pulse, steady_now() - on_since_[coil]);
  }
}

void IoModule::take_coils(const std::array<bool, coils>& now) {
  const bool opens = now[open_coil] && !coils_[open_coil];
  const bool closes = now[close_coil] && !coils_[close_coil];
  witness_pulse(now[open_coil], open_coil, witness_.open_pulses);
  witness_pulse(now[close_coil], close_coil, witness_.close_pulses);
  if (closes && (level(safety) || level(photocell))) ++witness_.crushes;
  witness_.both_lamps = witness_.both_lamps || (now[green_coil] && now[red_coil]);
  witness_.both_commands = witness_.both_commands || (now[open_coil] && now[close_coil]);
  if (opens || closes) forced_limits_.clear();
  if (opens) arm_.open(steady_now());
  if (closes && !now[hold_coil]) arm_.close(steady_now());
  coils_ = now;
}

void IoModule::serve() {
  io_server::Connections connections(wake_, first_listener_);
  io_server::Frames frames(inputs, coils);
  for (;;) {
    bool powered = false;
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      powered = powered_;
    }
    powered ? connections.listen(port_) : connections.drop_all();
    const auto asking = connections.next();
    if (asking.is_new) {
      const std::lock_guard lock(mutex_);
      ++witness_.connections;
    }
    if (asking.socket < 0) continue;
    if (!frames.receive(asking.socket)) {
      connections.drop(asking.socket);
      continue;
    }
    core::Milliseconds late{0};
    {
      const std::lock_guard lock(mutex_);
      std::swap(late, late_);
    }
    std::this_thread::sleep_for(late);
    const std::lock_guard lock(mutex_);
    if (!powered_) continue;
    ++witness_.requests;
    for (std::size_t i = 0; i < inputs; ++i)
      frames.input(i, !cut_[i] && level(i) != wires[i].normally_closed);
    for (std::size_t i = 0; i < coils; ++i) frames.coil(i, coils_[i]);
    const auto trouble = next_trouble();
    if (!frames.answer(asking.socket, trouble)) connections.drop(asking.socket);
    std::array<bool, coils> now{};
    for (std::size_t i = 0; i < coils; ++i) now[i] = frames.coil(i);
    if (trouble != Trouble::deaf) take_coils(now);
  }
}

}  // namespace world
