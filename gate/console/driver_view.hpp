// What a driver's display shows: built from a closed table of texts, so that nothing else can slip through.
#pragma once

#include <string>

#include "gate/ports/desk.hpp"

namespace console {

/// {"pictogram", "lines": [{"language", "text"}...], "time"?}: one line in the driver's language where it is
/// known and we speak it, else one in each. `time` ("14:15") only where a driver came too early. Of the
/// view's own strings none is passed on but that time, taken out of `driver_text` digit by digit.
[[nodiscard]] std::string display_text(const ports::LaneView& view);

}  // namespace console
