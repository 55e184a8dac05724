// Files that come through the console: one at a time, never the journal's part of the disk, nothing left
// behind.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sync/backups.hpp"
#include "tests/sync/full_disk.hpp"

using namespace syncing;
using namespace syncing_test;
using core::Fault;
using testing::HasSubstr;

namespace {

namespace fs = std::filesystem;
using Report = core::Result<ports::BackupReport>;

/// A file that comes in pieces of so many bytes.
ports::Incoming in_pieces(std::string text, std::size_t size) {
  auto at = std::make_shared<std::size_t>(0);
  return [text = std::move(text), size, at]() -> boost::asio::awaitable<core::Result<std::string>> {
    const std::string piece = text.substr(std::min(*at, text.size()), size);
    *at += piece.size();
    co_return piece;
  };
}

class Uploaded : public testing::Test {
 protected:
  bool nothing_left() { return fs::is_empty(folder_ / "uploads"); }
  std::string good() { return text_of(sealed_backup({.epoch = 1, .sequence = 3}, {upsert(right("R1"))})); }

  TempFolder folder_;
  Appliance appliance_{folder_.path()};
};

TEST_F(Uploaded, AFileInPiecesIsImportedUnderTheNameOfWhoBroughtIt) {
  ASSERT_TRUE(appliance_.carry_out(appliance_->backups().import(in_pieces(good(), 100), {"bob", true})));
  EXPECT_EQ(appliance_.report().rights, 1);
  EXPECT_TRUE(nothing_left());
}

TEST_F(Uploaded, AFileThatIsOnlyInspectedChangesNothing) {
  const Report report = appliance_.carry_out(appliance_->backups().inspect(in_pieces(good(), 100)));
  ASSERT_TRUE(report);
  EXPECT_EQ(report->sequence, 3);
  EXPECT_EQ(appliance_.report().rights, 0);
  EXPECT_TRUE(nothing_left());
}

TEST_F(Uploaded, AConnectionThatBreaksIsAnErrorAndNothingIsLeft) {
  auto broken = []() -> boost::asio::awaitable<core::Result<std::string>> {
    co_return core::fail(Fault::broken, "the connection ended before the file did");
  };
  const Report report = appliance_.carry_out(appliance_->backups().import(broken, {"bob", true}));
  ASSERT_FALSE(report);
  EXPECT_THAT(report.error().what, HasSubstr("connection ended"));
  EXPECT_TRUE(nothing_left());
}

TEST_F(Uploaded, OneComesInAtATime) {
  bool second_refused = false;
  auto once = std::make_shared<int>(0);
  ports::Incoming first = [this, &second_refused, once,
                           text = good()]() -> boost::asio::awaitable<core::Result<std::string>> {
    if ((*once)++ > 0) co_return std::string();
    auto second = appliance_->backups().import(in_pieces(text, 100), {"eve", true});
    const Report report = co_await std::move(second);
    second_refused = !report && report.error().fault == Fault::refused;
    co_return text;
  };
  EXPECT_TRUE(appliance_.carry_out(appliance_->backups().import(first, {"bob", true})));
  EXPECT_TRUE(second_refused);
  EXPECT_EQ(appliance_.report().rights, 1);
}

TEST_F(Uploaded, OnAFullDiskSaysSoAndLeavesNothing) {
  {
    const FullDisk full;
    const Report report =
        appliance_.carry_out(appliance_->backups().import(in_pieces(good(), 100), {"bob", true}));
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().fault, Fault::broken);
    EXPECT_THAT(report.error().what, HasSubstr("the disk does not take it"));
  }
  EXPECT_TRUE(nothing_left());
  EXPECT_TRUE(appliance_.carry_out(appliance_->backups().import(in_pieces(good(), 100), {"bob", true})));
}

TEST_F(Uploaded, TheJournalsPartOfTheDiskIsNotTaken) {
  boost::asio::io_context context;
  bool read = false;
  const auto unread = [&read](const fs::path&) -> boost::asio::awaitable<Report> {
    read = true;
    co_return ports::BackupReport{};
  };
  Uploads uploads(folder_ / "other", context.get_executor(), context.get_executor(),
                  {.import = {}, .inspect = unread}, [](const fs::path&) {
                    return fs::space_info{.capacity = 1 << 20, .free = 21'000, .available = 21'000};
                  });
  const Report report = run(context, uploads.inspect(in_pieces(good(), 100)));
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().fault, Fault::broken);
  EXPECT_THAT(report.error().what, HasSubstr("kept for the journal"));
  EXPECT_FALSE(read);
}

TEST_F(Uploaded, WhatAPowerCutLeftIsRemovedAtTheNextStart) {
  put(folder_ / "uploads/incoming.gatebackup", "half");
  appliance_.restart();
  EXPECT_TRUE(nothing_left());
}

}  // namespace
