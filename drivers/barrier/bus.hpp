// One Modbus TCP connection. Blocks: for a thread of its own.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "config/config.hpp"
#include "gate/core/result.hpp"

struct _modbus;

namespace barrier {

/// Faults: timeout (no answer in time), corrupt (the answer is not one to what was asked), broken (no
/// connection, or the module answered with an exception). After any of them this connection is not to be
/// used again: its next answer may belong to an earlier question.
class Bus {
 public:
  [[nodiscard]] static core::Result<Bus> connect(const config::Endpoint& module, int unit,
                                                 core::Milliseconds answer);

  [[nodiscard]] core::Result<std::vector<bool>> read_inputs(int first, int count);

  /// Writes, then reads the coil back: broken where it does not say what was written.
  [[nodiscard]] core::Result<void> write_coil(int coil, bool on);

 private:
  explicit Bus(std::shared_ptr<_modbus> modbus) : modbus_(std::move(modbus)) {}

  std::shared_ptr<_modbus> modbus_;
};

}  // namespace barrier
