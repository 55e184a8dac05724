// The verdict table, row by row: what raises a reason, and the smallest change after which it is gone.
#pragma once

#include <vector>

#include "tests/core/scene.hpp"

namespace tests {

using Change = void (*)(Case&);

struct Row {
  core::Reason reason;
  core::CheckKind check;  // the check that finds it
  Case (*start)();        // at_entry or at_exit
  Change raises;
  Change does_not;  // minimally different
};

[[nodiscard]] const std::vector<Row>& reason_rows();

/// Reasons that no record and no evidence raise: the lane itself does.
[[nodiscard]] const std::vector<core::Reason>& raised_by_the_lane();

/// Rows where the doubt is "which of several?": there a record less may well settle the question.
[[nodiscard]] bool asks_which(core::Reason reason);

}  // namespace tests
