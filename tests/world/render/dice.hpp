// Every random choice of a picture comes from one seeded source.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

namespace world {

/// The standard's engine is the same everywhere, its distributions are not; so they are spelled out here.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed * 0x9E3779B97F4A7C15ULL + 0x1234567ULL) {
    engine_.discard(8);
  }

  /// In [low, high).
  double real(double low, double high) {
    return low + (high - low) * (static_cast<double>(engine_() >> 11) * 0x1.0p-53);
  }
  /// In [low, high], both included.
  int whole(int low, int high) {
    return low + static_cast<int>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool chance(double probability) { return real(0, 1) < probability; }
  std::uint64_t seed() { return engine_(); }

  template <class List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(whole(0, static_cast<int>(std::size(list)) - 1))];
  }
  std::string letters(int count, const std::string& from = "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
    std::string text;
    for (int i = 0; i < count; ++i) text += pick(from);
    return text;
  }
  std::string digits(int count) { return letters(count, "0123456789"); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace world
