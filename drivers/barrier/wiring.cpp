#include "drivers/barrier/wiring.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

namespace barrier {

namespace {

using core::Signals;

constexpr int longest_read = 2000;  // inputs in one Modbus request
constexpr std::array<std::string_view, 4> required_inputs{"presence", "safety", "open_limit", "closed_limit"};

std::map<std::string, core::Level Signals::*> contacts() {
  std::map<std::string, core::Level Signals::*> all;
  boost::mp11::mp_for_each<boost::describe::describe_members<Signals, boost::describe::mod_public>>(
      [&all](auto member) { all.emplace(member.name, member.pointer); });
  return all;
}

void note(std::string& wrong, const std::string& what) { wrong += (wrong.empty() ? "" : "; ") + what; }

Coil coil_of(const config::Barrier& config, const std::string& name, std::string& wrong) {
  const auto output = config.outputs.find(name);
  if (output == config.outputs.end()) {
    note(wrong, "output " + name + " has no coil");
    return {};
  }
  return {.name = name, .number = output->second.coil, .pulse = output->second.pulse};
}

std::string shared_numbers(const config::Barrier& config) {
  std::string wrong;
  std::map<int, std::string> inputs, coils;
  for (const auto& [name, input] : config.inputs) {
    const auto [first, is_new] = inputs.emplace(input.number, name);
    if (!is_new)
      note(wrong,
           "inputs " + first->second + " and " + name + " share number " + std::to_string(input.number));
  }
  for (const auto& [name, output] : config.outputs) {
    const auto [first, is_new] = coils.emplace(output.coil, name);
    if (!is_new)
      note(wrong, "outputs " + first->second + " and " + name + " share coil " + std::to_string(output.coil));
  }
  return wrong;
}

}  // namespace

core::Result<Wiring> Wiring::from(const config::Barrier& config) {
  Wiring wiring;
  std::string wrong = shared_numbers(config);
  const auto known = contacts();
  int last = -1;
  wiring.first_ = config.inputs.empty() ? 0 : config.inputs.begin()->second.number;
  for (const auto& [name, input] : config.inputs) {
    const auto contact = known.find(name);
    if (contact == known.end()) {
      note(wrong, "no signal is called " + name);
      continue;
    }
    wiring.wires_.push_back(
        {contact->second, input.number, input.contact == config::Contact::normally_closed});
    wiring.first_ = std::min(wiring.first_, input.number);
    last = std::max(last, input.number);
  }
  wiring.count_ = last - wiring.first_ + 1;
  if (wiring.count_ > longest_read)
    note(wrong, "inputs lie more than " + std::to_string(longest_read) + " apart");
  for (const auto name : required_inputs) {
    if (!config.inputs.contains(std::string(name)))
      note(wrong, "input " + std::string(name) + " has no number");
  }
  wiring.open = coil_of(config, "open", wrong);
  wiring.close = coil_of(config, "close", wrong);
  wiring.green = coil_of(config, "green", wrong);
  wiring.red = coil_of(config, "red", wrong);
  if (config.outputs.contains("hold")) wiring.hold = coil_of(config, "hold", wrong);
  if (!wrong.empty()) return core::fail(core::Fault::malformed, "barrier: " + wrong);
  return wiring;
}

Signals Wiring::signals(const std::vector<bool>& bits) const {
  using enum core::Level;
  Signals all{off, off, off, off, off, off, off, off, off, off};
  for (const auto& wire : wires_) {
    const bool current = bits.at(static_cast<std::size_t>(wire.number - first_));
    all.*wire.contact = current != wire.normally_closed ? on : off;
  }
  return all;
}

}  // namespace barrier
