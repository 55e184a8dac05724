// One passage as one line of text, columns aligned: what gatectl lists and the demonstration prints.
#pragma once

#include <string>

#include "gate/core/gate_event.hpp"

namespace ctl {

/// The names of the columns, aligned with the lines below it; no line end.
[[nodiscard]] std::string passage_header();

/// Time of detection (UTC), lane, plate, container, driver's mask, verdict, age of the data at the verdict
/// (with the mode where it is not online), milliseconds from the loop to the verdict and to the open
/// command, reasons, and who decided where people did. "-" stands for what is not known; no line end.
[[nodiscard]] std::string passage_line(const core::PassageRecord& record);

/// "850ms", "4s", "12min", "3h20min", "2d4h": at most two units, cut off, never rounded up.
[[nodiscard]] std::string age_text(core::Milliseconds age);

}  // namespace ctl
