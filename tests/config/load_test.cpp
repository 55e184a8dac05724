#include "config/load.hpp"

#include <algorithm>
#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/example.hpp"

namespace {

using config_test::demo;
using config_test::with;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

const std::filesystem::path here = "/etc/gatehouse/site.toml";

/// Every problem as one text; "good" where there is none.
std::string problems_of(const std::string& text) {
  const auto config = config::parse(text, here);
  return config ? "good" : config::text(config.error());
}

int line_of(const std::string& text, const std::string& what) {
  return 1 +
         static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(text.find(what)), '\n'));
}

TEST(Load, TheDemonstrationIsReadAsItIsWritten) {
  const auto config = config::parse(demo(), "/srv/gate/config/demo.toml");
  ASSERT_TRUE(config) << config::text(config.error());
  EXPECT_EQ(config->site.state, "/srv/gate/build/demo-state");
  EXPECT_EQ(config->link.broker.port, 18883);
  EXPECT_EQ(config->link.platform_keys.at("p1"), config_test::some_key);
  EXPECT_EQ(config->link.head_interval, 1s);
  EXPECT_EQ(config->console.control_socket, "/srv/gate/build/demo-state/control.sock");
  EXPECT_EQ(config->freshness.online_max_age, 6s);
  EXPECT_EQ(config->freshness.backup_max_age, 12h);
  ASSERT_EQ(config->lanes.size(), 2U);
  const config::Lane& in = config->lanes[0];
  EXPECT_EQ(in.name, "in-1");
  EXPECT_EQ(in.direction, core::Direction::entry);
  EXPECT_EQ(in.prompt_time, 3s);
  EXPECT_EQ(in.barrier.module.port, 15021);
  EXPECT_EQ(in.barrier.inputs.size(), 10U);
  EXPECT_EQ(in.barrier.inputs.at("safety").contact, config::Contact::normally_closed);
  EXPECT_EQ(in.barrier.outputs.at("open").pulse, 500ms);
  EXPECT_EQ(in.barrier.outputs.at("red").pulse, 0ms);
  const config::Lane& out = config->lanes[1];
  EXPECT_EQ(out.direction, core::Direction::exit);
  ASSERT_EQ(out.cameras.size(), 3U);
  EXPECT_EQ(out.cameras[2].kind, config::CameraKind::mjpeg);
  EXPECT_EQ(out.cameras[2].url, "http://127.0.0.1:18081/out-1/side.mjpg");
  EXPECT_EQ(out.reader.line.port, 15032);
}

TEST(Load, TheProductionExampleHasOnlyItsKeyFileMissing) {
  const std::string text =
      config_test::slurp(std::filesystem::path(GATEHOUSE_SOURCE) / "config/example.toml");
  EXPECT_EQ(problems_of(with(text, "{ file = \"/etc/gatehouse/platform-p1.pub\" }",
                             "\"" + config_test::some_key + "\"")),
            "good");
}

TEST(Load, TheExamplesDefaultsAreTheDefaults) {
  std::string text = config_test::slurp(std::filesystem::path(GATEHOUSE_SOURCE) / "config/example.toml");
  text = with(text, "{ file = \"/etc/gatehouse/platform-p1.pub\" }", "\"" + config_test::some_key + "\"");
  std::string without;
  int left_out = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string line = text.substr(at, end - at);
    const bool is_default = line.find("# default") != line.npos || line.find("(default)") != line.npos;
    if (is_default && !line.starts_with("environment")) {
      ++left_out;
    } else {
      without += line;
    }
    at = end;
  }
  EXPECT_GT(left_out, 25);
  const auto full = config::parse(text, here);
  const auto bare = config::parse(without, here);
  ASSERT_TRUE(full && bare) << config::text(bare.error());
  EXPECT_EQ(bare->site.state, full->site.state);
  EXPECT_EQ(bare->site.identity_key_id, full->site.identity_key_id);
  EXPECT_EQ(bare->link.max_message_bytes, full->link.max_message_bytes);
  EXPECT_EQ(bare->link.head_interval, full->link.head_interval);
  EXPECT_EQ(bare->console.control_socket, full->console.control_socket);
  EXPECT_EQ(bare->freshness.online_max_age, full->freshness.online_max_age);
  EXPECT_EQ(bare->policy.assignment_max_age, full->policy.assignment_max_age);
  EXPECT_EQ(bare->policy.right_life_without_expiry, full->policy.right_life_without_expiry);
  EXPECT_EQ(bare->lanes[0].prompt_time, full->lanes[0].prompt_time);
  EXPECT_EQ(bare->lanes[0].escalate_after, full->lanes[0].escalate_after);
  EXPECT_EQ(bare->lanes[0].fire_alarm, full->lanes[0].fire_alarm);
  EXPECT_EQ(bare->lanes[0].cameras[0].timeout, full->lanes[0].cameras[0].timeout);
  EXPECT_EQ(bare->lanes[0].barrier.answer, full->lanes[0].barrier.answer);
}

TEST(Load, EveryMistakeIsReportedInOneRunWithItsLineAndKey) {
  const std::filesystem::path file = std::filesystem::path(GATEHOUSE_SOURCE) / "tests/config/mistakes.toml";
  const auto config = config::load(file);
  ASSERT_FALSE(config);
  std::vector<int> expected;
  const std::string text = config_test::slurp(file);
  for (std::size_t at = text.find("  # wrong"); at != text.npos; at = text.find("  # wrong", at + 1)) {
    expected.push_back(
        1 + static_cast<int>(std::count(text.begin(), text.begin() + static_cast<long>(at), '\n')));
  }
  std::vector<int> reported;
  for (const config::Problem& problem : config.error()) reported.push_back(problem.line);
  EXPECT_EQ(reported, expected) << config::text(config.error());
  EXPECT_EQ(reported.size(), 12U);
  const std::string all = config::text(config.error());
  EXPECT_THAT(
      all,
      HasSubstr("mistakes.toml:4: site.terminal: not allowed, allowed: 1 to 16 characters of A-Z and 0-9\n"));
  EXPECT_THAT(all, HasSubstr("site.enviroment: unknown key, allowed: terminal, appliance, environment, "));
  EXPECT_THAT(all, HasSubstr("link.signing_key: missing, allowed: a path\n"));
  EXPECT_THAT(all,
              HasSubstr("link.broker: not an endpoint, allowed: \"host:port\" with a port of 1 to 65535\n"));
  EXPECT_THAT(
      all,
      HasSubstr("link.platform_keys.p1: not a public key, allowed: 64 hex digits, or { file = \"...\" }\n"));
  EXPECT_THAT(all, HasSubstr("console.bind: not a loopback address, allowed: 127.0.0.1"));
  EXPECT_THAT(
      all,
      HasSubstr(
          "freshness.online_max_age: not a duration, allowed: \"1s\" to \"1h\", in ms, s, min, h or d\n"));
  EXPECT_THAT(all, HasSubstr("lane.prompt_time: out of bounds, allowed: \"1s\" to \"10min\""));
  EXPECT_THAT(all, HasSubstr("lane.barrier.unit: wrong type, allowed: 0 to 255\n"));
  EXPECT_THAT(all, HasSubstr("lane.barrier.inputs.closed_limit.number: input 4 is already open_limit"));
  EXPECT_THAT(all, HasSubstr("lane.camera.kind: unknown value, allowed: still, mjpeg, folder\n"));
  EXPECT_THAT(all, HasSubstr("lane.name: already the name of the lane of line 24"));
}

TEST(Load, AnEmptyFileNamesEverySectionThatIsMissing) {
  EXPECT_EQ(problems_of(""),
            "/etc/gatehouse/site.toml:1: console: missing, allowed: a table, written as [console]\n"
            "/etc/gatehouse/site.toml:1: lane: missing, allowed: tables, written as [[lane]]\n"
            "/etc/gatehouse/site.toml:1: link: missing, allowed: a table, written as [link]\n"
            "/etc/gatehouse/site.toml:1: site: missing, allowed: a table, written as [site]\n");
}

TEST(Load, WhatIsNoTomlIsReportedWithItsLine) {
  EXPECT_THAT(problems_of("[site]\nterminal = \n"), StartsWith("/etc/gatehouse/site.toml:2: not TOML: "));
  EXPECT_THAT(problems_of("[site]\na = 1\na = 2\n"), StartsWith("/etc/gatehouse/site.toml:3: not TOML: "));
}

TEST(Load, AMissingFileIsAProblemOfItsOwn) {
  const auto config = config::load("/nowhere/site.toml");
  ASSERT_FALSE(config);
  EXPECT_EQ(config::text(config.error()), "/nowhere/site.toml:1: no such file\n");
  EXPECT_THAT(config::text(config::load("/").error()), HasSubstr("is a folder"));
}

TEST(Load, ALaneWrittenAsASingleTableSaysHowToWriteIt) {
  const std::string text = demo().substr(0, demo().find("[[lane]]")) + "[lane]\nname = \"in-1\"\n";
  EXPECT_THAT(problems_of(text), HasSubstr("lane: wrong type, allowed: tables, written as [[lane]]"));
}

TEST(Load, ASafetyContactThatACutWireWouldSilenceIsRefused) {
  const std::string from = "safety = { number = 1, contact = \"normally_closed\" }";
  const std::string text = with(demo(), from, "safety = { number = 1, contact = \"normally_open\" }");
  EXPECT_EQ(problems_of(text),
            "/etc/gatehouse/site.toml:" + std::to_string(line_of(text, "safety = ")) +
                ": lane.barrier.inputs.safety.contact: a cut wire would not read as danger, "
                "allowed: normally_closed\n");
}

TEST(Load, ARequiredContactThatIsNotWiredIsRefused) {
  const std::string text = with(demo(), "closed_limit = { number = 5, contact = \"normally_open\" }\n", "");
  EXPECT_THAT(problems_of(text), HasSubstr("lane.barrier.inputs.closed_limit: missing"));
}

TEST(Load, TwoLanesNeverCommandTheSameCoil) {
  EXPECT_THAT(
      problems_of(with(demo(), "127.0.0.1:15022", "127.0.0.1:15021")),
      AllOf(HasSubstr("lane.barrier: coil 0 (open) of this module is also commanded by the lane of line"),
            HasSubstr("allowed: each coil once")));
}

TEST(Load, TheBackUpAgeIsLongerThanTheOnlineAge) {
  EXPECT_THAT(problems_of(with(demo(), "backup_max_age = \"12h\"", "backup_max_age = \"1min\"")), "good");
  EXPECT_THAT(problems_of(with(with(demo(), "\"6s\"", "\"2min\""), "backup_max_age = \"12h\"",
                               "backup_max_age = \"1min\"")),
              HasSubstr("freshness.backup_max_age: not longer than online_max_age"));
}

TEST(Load, AControlSocketPathThatNoSocketCanHaveIsRefused) {
  EXPECT_THAT(problems_of(with(demo(), "demo-state/control.sock", std::string(100, 'x') + "/control.sock")),
              HasSubstr("console.control_socket: the whole path has"));
}

TEST(Load, LoopbackIsJudgedByTheAddress) {
  for (const char* bind : {"127.0.0.1:1", "127.8.9.10:80", "[::1]:80", "localhost:80"}) {
    EXPECT_EQ(problems_of(with(demo(), "127.0.0.1:8080", bind)), "good") << bind;
  }
  for (const char* bind : {"0.0.0.0:80", "[::]:80", "127.0.0.1.example:80", "127.0.0:80",
                           "localhost.example:80", "10.0.0.1:80", "127.0.0.1.:80", "127.0.0.256:80"}) {
    EXPECT_THAT(problems_of(with(demo(), "127.0.0.1:8080", bind)), HasSubstr("console.bind: not a loopback"))
        << bind;
  }
}

TEST(Load, ALightOfTheTerminalsOwnExtendsTheMappingOrReplacesItsLine) {
  const auto parsed = config::parse(demo() + R"(
[[policy.light]]
light = "customs"
value = "RadiationCheck"
colour = "orange"
follow_up = "scan"
[[policy.light]]
light = "Customs"
value = "FAVV"
colour = "red"
)",
                                    here);
  ASSERT_TRUE(parsed) << config::text(parsed.error());
  const auto& lights = parsed->policy.lights;
  EXPECT_EQ(lights.size(), core::standard_lights().size() + 1);
  EXPECT_EQ(core::colour_of(lights, {"customs", "radiationcheck"}), core::Colour::orange);
  EXPECT_EQ(core::colour_of(lights, {"customs", "favv"}), core::Colour::red);
  EXPECT_EQ(core::colour_of(lights, {"customs", "released"}), core::Colour::green);
}

TEST(Load, AnOrangeLightNeedsItsFollowUpAndNoOtherHasOne) {
  const std::string start = "\n[[policy.light]]\nlight = \"customs\"\nvalue = \"x\"\n";
  EXPECT_THAT(problems_of(demo() + start + "colour = \"orange\"\n"),
              HasSubstr("policy.light.colour: follow_up goes with"));
  EXPECT_THAT(problems_of(demo() + start + "colour = \"red\"\nfollow_up = \"scan\"\n"),
              HasSubstr("policy.light.follow_up: follow_up goes with"));
  EXPECT_THAT(problems_of(demo() + start + "colour = \"red\"\n" + start + "colour = \"green\"\n"),
              HasSubstr("policy.light.value: this light has this value twice"));
}

TEST(Load, APlatformKeyMayStandInAFileOfItsOwn) {
  const config_test::Folder folder;
  const std::string text =
      with(demo(), "p1 = \"" + config_test::some_key + "\"", "p1 = { file = \"p1.pub\" }");
  config_test::spill(folder.path() / "site.toml", text);
  EXPECT_THAT(config::text(config::load(folder.path() / "site.toml").error()),
              AllOf(HasSubstr("link.platform_keys.p1.file: "), HasSubstr("p1.pub: no such file")));
  config_test::spill(folder.path() / "p1.pub", "swordfish");
  EXPECT_THAT(config::text(config::load(folder.path() / "site.toml").error()),
              AllOf(HasSubstr("not a key, allowed: 64 hex digits"), testing::Not(HasSubstr("swordfish"))));
  config_test::spill(folder.path() / "p1.pub", config_test::some_key + "\n");
  const auto config = config::load(folder.path() / "site.toml");
  ASSERT_TRUE(config) << config::text(config.error());
  EXPECT_EQ(config->link.platform_keys.at("p1"), config_test::some_key);
}

/// The demonstration with one more line in the table of its first camera.
std::string with_camera_line(const std::string& line) {
  return with(demo(), "name = \"front\"\n", "name = \"front\"\n" + line + "\n");
}

TEST(Load, ARegionIsSharesOfThePicture) {
  const auto config = config::parse(with_camera_line("region = [0.7, 0, 0.3, 1.0]"), here);
  ASSERT_TRUE(config) << config::text(config.error());
  EXPECT_EQ(config->lanes[0].cameras[0].framing.region, (core::Region{0.7, 0, 0.3, 1}));
  EXPECT_EQ(config->lanes[0].cameras[1].framing.region, core::Region{});
}

TEST(Load, ARegionThatIsNoPartOfThePictureIsRefusedWithItsLineAndWhatIsAllowed) {
  for (const auto& [region, complaint] : std::vector<std::pair<std::string, std::string>>{
           {"[320, 0, 640, 720]",
            "pixels would be wrong at another resolution), allowed: x, y, width, height"},
           {"[-0.1, 0, 0.5, 1]", "not a part of the picture, allowed: "},
           {"[nan, 0, 0.5, 1]", "not a part of the picture, allowed: "},
           {"[0.6, 0, 0.5, 1]", "reaches beyond the right edge, allowed: "},
           {"[0, 0.6, 1, 0.5]", "reaches beyond the lower edge, allowed: "},
           {"[0, 0, 0.04, 1]", "too small, allowed: "},
           {"[0, 0, 0.5]", "not a list of 4 numbers, allowed: [x, y, width, height] as shares"},
           {"[0, 0, 0.5, \"1\"]", "not a list of 4 numbers, allowed: "},
           {"\"left\"", "wrong type, allowed: [x, y, width, height] as shares of the picture"}}) {
    const std::string text = with_camera_line("region = " + region);
    EXPECT_THAT(problems_of(text),
                AllOf(StartsWith("/etc/gatehouse/site.toml:" + std::to_string(line_of(text, "region = ")) +
                                 ": lane.camera.region: "),
                      HasSubstr(complaint)))
        << region;
  }
}

TEST(Load, CapitalsAreARangeOfHeightsInPixels) {
  const auto config = config::parse(with_camera_line("capitals = [14, 60]"), here);
  ASSERT_TRUE(config) << config::text(config.error());
  EXPECT_EQ(config->lanes[0].cameras[0].framing.capitals, (core::Capitals{14, 60}));
  EXPECT_EQ(config->lanes[0].cameras[1].framing.capitals, std::nullopt);
  for (const char* wrong : {"[60, 14]", "[3, 60]", "[14, 1001]", "[20, 20]"})
    EXPECT_THAT(
        problems_of(with_camera_line("capitals = " + std::string(wrong))),
        HasSubstr("lane.camera.capitals: no range of heights, allowed: [smallest, largest] in pixels, 4 "
                  "to 1000, the smallest first"))
        << wrong;
  EXPECT_THAT(problems_of(with_camera_line("capitals = [14.5, 60]")),
              HasSubstr("lane.camera.capitals: not a list of 2 whole numbers, allowed: "));
}

TEST(Load, AtLeastOnePlatformKeyIsNeeded) {
  EXPECT_THAT(problems_of(with(demo(), "{ p1 = \"" + config_test::some_key + "\" }", "{}")),
              HasSubstr("link.platform_keys: empty"));
}

}  // namespace
