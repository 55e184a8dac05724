// Ids of a haulier (transport operator). Many kinds exist, most of them null in any one message.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>

namespace core {

struct HaulierIds {
  std::optional<std::string> nxt_entity_id;
  std::optional<std::string> eori;
  std::optional<std::string> tin;
  std::optional<std::string> apcs;
  std::optional<std::string> duns;
  std::optional<std::string> external_id;

  bool operator==(const HaulierIds&) const = default;
};
BOOST_DESCRIBE_STRUCT(HaulierIds, (), (nxt_entity_id, eori, tin, apcs, duns, external_id))

enum class HaulierMatch {
  same,           // every kind that both have agrees, and there is one
  different,      // every kind that both have differs
  contradicting,  // some agree, some differ
  unknown,        // no kind that both have
};
BOOST_DESCRIBE_ENUM(HaulierMatch, same, different, contradicting, unknown)

/// Upper case, without blanks, dots and dashes: how every id of a haulier is compared.
[[nodiscard]] std::string normalise_haulier_id(std::string_view raw);

/// True when any of the ids, of whatever kind, is this one; an empty id never is.
[[nodiscard]] bool has_id(const HaulierIds& ids, std::string_view id);

/// Compares within one kind only, normalised: upper case, without blanks, dots and dashes.
/// An empty id counts as absent.
[[nodiscard]] HaulierMatch compare(const HaulierIds& a, const HaulierIds& b);

}  // namespace core
