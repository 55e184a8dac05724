// The truck's haulier against the right's, and how the right says the container leaves.
#include "gate/core/haulier.hpp"

#include <algorithm>
#include <array>

#include "gate/core/checks/checks.hpp"

namespace core::checks {
namespace {

std::string plain_word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return word;
}

bool one_of(const std::string& word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Check haulier(const Scene& scene, const JobScene& job) {
  if (!job.cpu) return not_applicable(CheckKind::haulier, job.job->id);
  if (job.meant.why_none) return made(CheckKind::haulier, job.job->id, {*job.meant.why_none});
  const HaulierIds* ids = haulier_of(scene);
  std::vector<Reason> reasons;
  switch (ids ? compare(*ids, job.meant.right->carrier) : HaulierMatch::unknown) {
    case HaulierMatch::same:
      break;
    case HaulierMatch::different:
      reasons.push_back(Reason::haulier_other);
      break;
    case HaulierMatch::contradicting:
      reasons.push_back(Reason::haulier_contradicting);
      break;
    case HaulierMatch::unknown:
      reasons.push_back(Reason::haulier_unknown);
      break;
  }
  return made(CheckKind::haulier, job.job->id, std::move(reasons));
}

Check means_of_transport(const Scene&, const JobScene& job) {
  if (!job.cpu) return not_applicable(CheckKind::means_of_transport, job.job->id);
  if (job.meant.why_none) return made(CheckKind::means_of_transport, job.job->id, {*job.meant.why_none});
  std::vector<Reason> reasons;
  if (const auto& stated = job.meant.right->means_of_transport) {
    const std::string means = plain_word(*stated);
    if (one_of(means, {"barge", "rail", "train"})) {
      reasons.push_back(Reason::means_other);
    } else if (!one_of(means, {"truck", "road"})) {
      reasons.push_back(Reason::means_unknown);
    }
  }
  return made(CheckKind::means_of_transport, job.job->id, std::move(reasons));
}

}  // namespace core::checks
