#include "tests/network/trucks.hpp"

#include <fmt/format.h>

#include "gate/core/equipment_number.hpp"
#include "gate/core/plate.hpp"
#include "tests/world/pick_up.hpp"

namespace network {
namespace {

world::PickUp pick_up(int truck) {
  return {right_of(truck), box_of(truck), "T" + std::to_string(truck), plate_of(truck), badge};
}

}  // namespace

std::string box_of(int truck) {
  const std::string ten = fmt::format("MSKU{:06}", truck);
  return ten + std::to_string(core::check_digit(ten).value());
}
std::string plate_of(int truck) { return fmt::format("1-ABC-{:03}", truck); }
std::string right_of(int truck) { return "R" + std::to_string(truck); }

world::Records records_of(int trucks, core::WallTime now) {
  world::Records records;
  for (int truck = 1; truck <= trucks; ++truck) {
    records.rights.push_back(right_of(pick_up(truck), now));
    records.appointments.push_back(appointment_of(pick_up(truck), now));
  }
  records.drivers.push_back(driver_of(pick_up(1), now));
  return records;
}

world::Records records_of(int trucks, core::WallTime now,
                          const std::function<std::string(int truck)>& person) {
  world::Records records = records_of(trucks, now);
  const core::Driver shared = records.drivers.front();
  records.drivers.clear();
  for (int truck = 1; truck <= trucks; ++truck) {
    const auto at = static_cast<std::size_t>(truck - 1);
    records.rights[at].driver_id_hash = records.appointments[at].driver_id_hash = person(truck);
    records.drivers.push_back(shared);
    records.drivers.back().driver_id_hash = person(truck);
    records.drivers.back().credential_hashes = {person(truck)};
  }
  return records;
}

core::Sighting sighting_of(int truck) {
  core::Sighting sighting;
  sighting.plates.push_back({core::normalise_plate(plate_of(truck)), plate_of(truck), "", 980, true, {}});
  return sighting;
}

}  // namespace network
