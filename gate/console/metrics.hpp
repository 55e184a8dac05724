// What Prometheus reads. May be used from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "gate/core/gate_event.hpp"
#include "gate/core/moment.hpp"
#include "gate/ports/desk.hpp"
#include "gate/ports/ledger.hpp"

namespace console {

class Metrics {
 public:
  explicit Metrics(const std::string& version);
  ~Metrics();
  Metrics(const Metrics&) = delete;
  Metrics& operator=(const Metrics&) = delete;

  /// Once for each passage that ended.
  void ended(const core::PassageRecord& record);
  void link(const ports::LinkReport& report, const core::Moment& now);
  void lane(const ports::LaneView& view);
  void answered(int status);
  void live(int listening, std::size_t dropped);

  /// Text exposition format 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace console
