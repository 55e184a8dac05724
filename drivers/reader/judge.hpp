// Is a camera's view good enough to read, and what is to be changed? The limits come from rendered scenes:
// figures beyond them were no longer read, or no longer surely.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/describe/enum.hpp>

#include "drivers/reader/lettering.hpp"
#include "drivers/reader/quality.hpp"
#include "drivers/reader/recogniser.hpp"
#include "gate/core/reads.hpp"
#include "gate/core/result.hpp"

namespace reader {

/// `nothing`: no lettering stands before the camera, so that nothing can be said of how it is seen.
enum class Grade { good, usable, poor, nothing };
BOOST_DESCRIBE_ENUM(Grade, good, usable, poor, nothing)

/// Where a view falls short, and one sentence of what to do.
struct Shortcoming {
  std::string_view figure;      // "picture", "read", "capitals", "tilt", "pitch", "light", "contrast", "edge"
  Grade grade = Grade::usable;  // or poor
  std::string advice;
};

struct Judgement {
  Grade verdict = Grade::good;  // the worst of the shortcomings'
  std::vector<Shortcoming> shortcomings{};
};

/// Beyond `wanted` a view falls short, beyond `hopeless` it is poor. Units are those of Figures.
struct Limit {
  float wanted = 0, hopeless = 0;
};
inline constexpr Limit capitals_limit{14, 10};
inline constexpr Limit tilt_limit{12, 27};        // either way
inline constexpr Limit pitch_limit{0.6F, 0.45F};  // seen head-on it is 0.8 to 1.1
inline constexpr Limit contrast_limit{40, 15};
inline constexpr Limit edge_limit{0.22F, 0.3F};  // in capitals
inline constexpr Limit sharp_limit{
    3, 4};  // pixels; an edge that is no wider is sharp, however small the letters
inline constexpr float burnt_wanted = 0.2F,
                       black_wanted = 0.5F;  // what they do to lettering its contrast says

/// Pure. `fault`: what makes the picture worthless. `lettered`: there is lettering that the figures are of.
/// `capitals`: as the camera is configured.
[[nodiscard]] Judgement judge(const std::optional<PictureFault>& fault, const Figures& figures, bool lettered,
                              const core::Sighting& sighting, const std::optional<core::Capitals>& capitals);

struct Judged {
  core::Sighting sighting;
  Figures figures;
  bool lettered = false;
  Judgement judgement;
};

/// Reads a picture, which is not empty, and judges it. Fault::broken when the nets fail. `milliseconds` is
/// left to the caller.
[[nodiscard]] core::Result<Judged> judge_view(Recogniser& recogniser, const Shot& shot);

}  // namespace reader
