// What the tests of a journal that was put back share.
#pragma once

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/spdlog.h>

#include "tests/fault/restored.hpp"

namespace fault {

namespace fs = std::filesystem;
using namespace syncing;
using namespace syncing_test;
using core::EventKind;
using core::Mode;

class ARestoredJournal : public testing::Test, protected RestoredGate {
 protected:
  ARestoredJournal() {
    spdlog::set_level(spdlog::level::off);
    start();
  }
  ~ARestoredJournal() override {
    EXPECT_THAT(wrong, testing::IsEmpty());
    spdlog::set_level(spdlog::level::info);
  }

  void begin_again() {
    RestoredGate::begin_again();
    start();
  }

  void use(int number) { ASSERT_TRUE(write(number, core::ClaimState::used, EventKind::gate_out)); }
  void admit(int number) { ASSERT_TRUE(write(number, core::ClaimState::claimed, EventKind::granted)); }
};

}  // namespace fault
