// Everything around a daemon that is killed: its site, a broker, the platform, the lanes' devices, trucks.
#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "tests/appliance/daemon.hpp"
#include "tests/sync/broker.hpp"
#include "tests/world/platform/platform.hpp"
#include "tests/world/play/motions.hpp"
#include "tests/world/play/scenery.hpp"
#include "tests/world/play/site.hpp"

namespace daemon_test {

class KilledSite {
 public:
  /// The platform knows of `trucks` trucks, each with a driver, an appointment and a box of its own.
  explicit KilledSite(int trucks);
  ~KilledSite();

  /// The daemon runs and holds what the platform said. False: it does not come to that.
  bool start();
  void kill_9();
  /// As systemd stops it; its exit status.
  int stop();

  /// In real time, until it is over the lane or `stop` is asked for.
  world::Performance drive_in(int truck, const std::stop_token& stop) { return drive(truck, "in-1", stop); }
  world::Performance drive_out(int truck, const std::stop_token& stop) { return drive(truck, "out-1", stop); }
  /// No truck is anywhere.
  void clear_lanes();

  /// The platform has taken over everything. False after a long patience.
  bool receipted();
  static bool until(const std::function<bool()>& so);

  [[nodiscard]] const world::Platform& platform() const { return *platform_; }
  [[nodiscard]] const Site& files() const { return site_; }
  /// The event that says that this truck is inside came to the platform.
  [[nodiscard]] bool is_inside(int truck) const;

 private:
  void configure();
  world::Performance drive(int truck, const std::string& lane, const std::stop_token& stop);
  world::ApiClient api() const;

  Site site_;
  syncing_test::MosquittoBroker broker_{site_.folder() / "broker"};
  config::Config config_;
  world::Scenery scenery_;
  std::optional<world::Site> devices_;
  std::optional<world::Platform> platform_;
  pid_t daemon_ = -1;
};

}  // namespace daemon_test
