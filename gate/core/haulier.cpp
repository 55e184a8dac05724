#include "gate/core/haulier.hpp"

#include <array>

namespace core {
namespace {

using Kind = std::optional<std::string> HaulierIds::*;
constexpr std::array<Kind, 6> kinds = {&HaulierIds::nxt_entity_id, &HaulierIds::eori,
                                       &HaulierIds::tin,           &HaulierIds::apcs,
                                       &HaulierIds::duns,          &HaulierIds::external_id};

/// Empty where the id is null, empty or nothing but separators: such an id says nothing.
std::string normal_id(const HaulierIds& ids, Kind kind) {
  const auto& id = ids.*kind;
  return id ? normalise_haulier_id(*id) : std::string();
}

}  // namespace

std::string normalise_haulier_id(std::string_view raw) {
  std::string normal;
  normal.reserve(raw.size());
  for (const char c : raw) {
    if (std::string_view(" \t\r\n.-").find(c) != std::string_view::npos) continue;
    normal.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return normal;
}

bool has_id(const HaulierIds& ids, std::string_view id) {
  const std::string wanted = normalise_haulier_id(id);
  if (wanted.empty()) return false;
  for (const Kind kind : kinds) {
    if (normal_id(ids, kind) == wanted) return true;
  }
  return false;
}

HaulierMatch compare(const HaulierIds& a, const HaulierIds& b) {
  bool agrees = false;
  bool differs = false;
  for (const Kind kind : kinds) {
    const std::string ours = normal_id(a, kind);
    const std::string theirs = normal_id(b, kind);
    if (ours.empty() || theirs.empty()) continue;
    (ours == theirs ? agrees : differs) = true;
  }
  if (agrees && differs) return HaulierMatch::contradicting;
  if (agrees) return HaulierMatch::same;
  return differs ? HaulierMatch::different : HaulierMatch::unknown;
}

}  // namespace core
