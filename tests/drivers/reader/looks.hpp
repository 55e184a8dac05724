// Trucks of fixed seeds, as the simulated cameras of a demonstration show them.
#pragma once

#include "drivers/reader/recogniser.hpp"
#include "tests/world/render/lexicon.hpp"
#include "tests/world/render/truck.hpp"

namespace reader {

inline world::TruckLook look_of(std::uint64_t seed, world::View view, world::Condition condition) {
  world::Dice dice(seed);
  world::TruckLook look;
  const world::PlateText plate =
      world::plate_text(dice, dice.pick(std::vector<std::string>{"BE", "NL", "FR", "PL"}));
  look.plate = plate.written;
  look.country = plate.country;
  look.container = world::container_code(dice);
  look.size_type = dice.pick(std::vector<std::string>{"22G1", "42G1", "45G1", "45R1"});
  look.view = view;
  look.condition = condition;
  look.seed = seed;
  return look;
}

/// The models as they are committed.
inline std::filesystem::path models() { return GATEHOUSE_SOURCE "/drivers/reader/models"; }
inline core::Result<Recogniser> committed() { return Recogniser::load(models()); }

}  // namespace reader
