#include "drivers/barrier/bus.hpp"

#include <cerrno>
#include <cstdint>
#include <utility>

#include <modbus/modbus.h>

namespace barrier {

namespace {

core::Fault fault_of(int error) {
  if (error == ETIMEDOUT) return core::Fault::timeout;
  if (error >= EMBBADCRC) return core::Fault::corrupt;
  return core::Fault::broken;
}

/// Says what the library says now; call it before anything else can change errno.
tl::unexpected<core::Error> failed(const std::string& doing) {
  const int error = errno;
  return core::fail(fault_of(error), doing + ": " + modbus_strerror(error));
}

void close_and_free(modbus_t* modbus) {
  if (modbus == nullptr) return;
  modbus_close(modbus);
  modbus_free(modbus);
}

}  // namespace

core::Result<Bus> Bus::connect(const config::Endpoint& module, int unit, core::Milliseconds answer) {
  const auto place = module.host + ":" + std::to_string(module.port);
  const auto port = std::to_string(module.port);
  const std::shared_ptr<modbus_t> modbus(modbus_new_tcp_pi(module.host.c_str(), port.c_str()),
                                         close_and_free);
  if (!modbus) return failed("I/O module at " + place);
  const auto microseconds = std::chrono::microseconds(answer).count();
  modbus_set_response_timeout(modbus.get(), static_cast<std::uint32_t>(microseconds / 1'000'000),
                              static_cast<std::uint32_t>(microseconds % 1'000'000));
  modbus_set_byte_timeout(modbus.get(), 0, 0);  // the time-out above is for the whole answer, not for a byte
  modbus_set_slave(modbus.get(), unit);
  if (modbus_connect(modbus.get()) != 0) return failed("connecting to the I/O module at " + place);
  return Bus(modbus);
}

core::Result<std::vector<bool>> Bus::read_inputs(int first, int count) {
  std::vector<std::uint8_t> bits(static_cast<std::size_t>(count));
  if (modbus_read_input_bits(modbus_.get(), first, count, bits.data()) != count) {
    return failed("reading inputs " + std::to_string(first) + " to " + std::to_string(first + count - 1));
  }
  return std::vector<bool>(bits.begin(), bits.end());
}

core::Result<void> Bus::write_coil(int coil, bool on) {
  const auto name = "coil " + std::to_string(coil);
  if (modbus_write_bit(modbus_.get(), coil, on ? TRUE : FALSE) != 1) return failed("writing " + name);
  std::uint8_t is_on = 0;
  if (modbus_read_bits(modbus_.get(), coil, 1, &is_on) != 1) return failed("reading back " + name);
  if ((is_on != 0) == on) return {};
  return core::fail(core::Fault::broken,
                    name + " was switched " + (on ? "on" : "off") + " and reads otherwise");
}

}  // namespace barrier
