#include "tests/appliance/killed_site.hpp"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "config/load.hpp"
#include "gate/core/plate.hpp"
#include "tests/network/trucks.hpp"
#include "tests/world/play/keys.hpp"

namespace daemon_test {
namespace {

core::WallTime wall_now() {
  return std::chrono::time_point_cast<core::Milliseconds>(std::chrono::system_clock::now());
}

std::string card_of(int truck) { return fmt::format("04120{:05}", truck); }

world::Truck truck_of(int number, const std::string& lane) {
  world::Truck truck;
  truck.name = "truck " + std::to_string(number) + " at " + lane;
  truck.lane = lane;
  truck.plate = network::plate_of(number);
  truck.country = "BE";
  truck.badge = card_of(number);
  if (lane == "in-1") truck.tar = fmt::format("{:07}", number);
  if (lane == "out-1") truck.aboard = {network::box_of(number)};
  truck.size_type = "22G1";
  return truck;
}

}  // namespace

KilledSite::KilledSite(int trucks) {
  configure();
  devices_.emplace(config_, scenery_);
  platform_.emplace(config_, site_.folder(), &wall_now);
  const auto hash = world::hash_of(config_);
  auto records = network::records_of(trucks, wall_now(), [&hash](int truck) { return hash(card_of(truck)); });
  for (int truck = 1; truck <= trucks; ++truck)  // a keypad knows digits
    records.appointments[static_cast<std::size_t>(truck - 1)].tar = *truck_of(truck, "in-1").tar;
  platform_->begin(1, records);
  platform_->come_back();
}

KilledSite::~KilledSite() { kill_9(); }

/// The demonstration's configuration, with the broker of the tests.
void KilledSite::configure() {
  for (const auto& [ours, name] : {std::pair("a1", "appliance"), std::pair("platform", "platform")}) {
    const auto over = fs::copy_options::overwrite_existing;
    fs::copy_file(broker_.certificate(ours), site_.folder() / (std::string(name) + ".pem"), over);
    fs::copy_file(broker_.key(ours), site_.folder() / (std::string(name) + ".key"), over);
    fs::copy_file(broker_.ca(), site_.folder() / "ca.pem", over);
  }
  std::string text = text_of(site_.config());
  const auto set = [&text](const char* what, const std::string& value) {
    text = std::regex_replace(text, std::regex(std::string("\n") + what + " = \"[^\"]*\""),
                              std::string("\n") + what + " = \"" + value + "\"");
  };
  set("broker", "127.0.0.1:" + std::to_string(broker_.port()));
  set("terminal", "T869");
  set("appliance", "a1");
  std::ofstream(site_.config()) << text;
  auto loaded = config::load(site_.config());
  if (!loaded) throw std::runtime_error(config::text(loaded.error()));
  config_ = std::move(*loaded);
}

world::ApiClient KilledSite::api() const {
  return {config_.console.bind, world::read_tokens(config_.console.tokens)};
}

bool KilledSite::until(const std::function<bool()>& so) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
  while (!so()) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

bool KilledSite::start() {
  daemon_ = daemon_test::start({bin + "/gatehoused", "--config", site_.config()}, site_.folder() / "log");
  auto client = api();
  return until([this, &client] {
    const auto link = client.link();
    return link && link->epoch == platform_->epoch() && link->standing.mode == core::Mode::online;
  });
}

void KilledSite::kill_9() {
  if (daemon_ <= 0) return;
  kill(daemon_, SIGKILL);
  waitpid(std::exchange(daemon_, -1), nullptr, 0);
}

int KilledSite::stop() {
  kill(daemon_, SIGTERM);
  return exit_status(std::exchange(daemon_, -1));
}

world::Performance KilledSite::drive(int truck, const std::string& lane, const std::stop_token& stop) {
  auto client = api();
  return world::Motions(scenery_, client, stop).drive(truck_of(truck, lane), *devices_->lane(lane), 1);
}

void KilledSite::clear_lanes() {
  using core::Signals;
  for (auto& lane : devices_->lanes()) {
    for (const auto contact : {&Signals::presence, &Signals::safety, &Signals::photocell, &Signals::passage})
      lane.barrier->set(contact, false);
    scenery_.leaves(lane.config.name);
  }
}

bool KilledSite::receipted() {
  auto client = api();
  return until([&client] {
    const auto link = client.link();
    return link && link->outbox == 0;
  });
}

bool KilledSite::is_inside(int truck) const {
  const auto events = platform_->events();
  return std::any_of(events.begin(), events.end(), [truck](const syncing::EventMessage& message) {
    return message.event.kind == core::EventKind::gate_in &&
           message.event.plate == core::normalise_plate(network::plate_of(truck));
  });
}

}  // namespace daemon_test
