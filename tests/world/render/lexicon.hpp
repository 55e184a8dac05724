// Codes, plates and words as they are painted on trucks.
#pragma once

#include <string>

#include "tests/world/render/dice.hpp"

namespace world {

/// 11 characters, ISO 6346, right check digit. Half of them begin with a code that many boxes carry.
std::string container_code(Dice& dice);
std::string size_type(Dice& dice);

struct PlateText {
  std::string written;  // as on the plate: "1-ABC-123"; a '|' parts the two lines of a square plate
  std::string country;
};

/// A plate of the country; of any that the gate meets when `country` is empty.
PlateText plate_text(Dice& dice, std::string country = {});

std::string word(Dice& dice);        // CAUTION, a made-up shipping line, ...
std::string table_line(Dice& dice);  // "TARE 2.200 KG"

}  // namespace world
