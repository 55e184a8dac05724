// What a reader who saw every change of the platform's stream once, in order, would know: in plain maps.
#pragma once

#include <map>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "sync/replica/seal.hpp"
#include "sync/store/database.hpp"
#include "sync/wire/changes.hpp"

namespace fault {

using Random = std::mt19937_64;

/// A whole number of [from, to].
[[nodiscard]] inline int chance(Random& random, int from, int to) {
  return std::uniform_int_distribution(from, to)(random);
}

template <class T>
[[nodiscard]] T one_of_two(Random& random, T one, T other) {
  return chance(random, 0, 1) == 0 ? one : other;
}

class Reference {
 public:
  void apply(const syncing::ReadChange& change);

  /// Changes that say all of it to somebody who knows nothing: a snapshot.
  [[nodiscard]] std::vector<syncing::ReadChange> whole() const;

  /// What a replica holds that differs from this, in words; empty where they are the same.
  [[nodiscard]] std::vector<std::string> differences(syncing::Connection& replica,
                                                     const syncing::RowKey& key) const;

 private:
  using Stay = std::pair<std::string, std::string>;
  struct Right {
    Stay stay;         // empty where only the name is known
    std::string text;  // tells which upsert it was
    int flags = 0;     // 1 dirty, 2 blocked, 4 revoked, 8 deleted
    bool operator==(const Right&) const = default;
  };
  struct Known {
    std::string text;
    bool dirty = false;
    bool operator==(const Known&) const = default;
  };

  void right(const syncing::Change& change);
  void known(std::map<std::string, Known>& rows, const syncing::Change& change, std::string text);
  void restriction(const syncing::Change& change);
  void use(const syncing::Change& change);
  int take_unnamed(const Stay& stay);

  std::map<std::string, Right> rights_;
  std::map<Stay, int> unnamed_;
  std::map<std::string, Known> appointments_;
  std::map<std::string, Known> drivers_;
  std::map<std::pair<std::string, std::string>, std::pair<std::string, std::string>> restrictions_;
  std::set<std::tuple<std::string, std::string, std::string>> uses_;
};

/// Any change of the stream, over `size` rows of each kind; `mark` tells it from every other one.
[[nodiscard]] syncing::ReadChange random_change(Random& random, int size, const std::string& mark);

}  // namespace fault
