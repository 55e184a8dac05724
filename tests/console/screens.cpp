// Takes pictures of the console's pages, to look at: of a scene of its own, or of a daemon that runs.
//
// usage: console_screens FOLDER [PICTURES]   the scene, light, dark and as drivers see it, into FOLDER
//        console_screens --url URL FILE.png  one page of a running daemon
#include <iostream>
#include <thread>

#include "tests/console/browser.hpp"
#include "tests/console/scene.hpp"

namespace console_test {
namespace {

void shoot(Browser& browser, const std::string& url, const std::filesystem::path& file) {
  browser.open(url);
  browser.wait_for(
      "document.querySelector('.lane, #lines') && [...document.images].every((image) => image.complete)");
  std::this_thread::sleep_for(std::chrono::seconds(1));  // colours fade over
  browser.screenshot(file);
  for (const std::string& complaint : browser.complaints()) std::cerr << complaint << "\n";
}

void shoot_scene(const std::filesystem::path& folder, const std::filesystem::path& pictures) {
  Stage stage;
  set_scene(stage, pictures);
  stage.start();
  stage.clock.advance(std::chrono::seconds(2));
  const std::string url = "http://127.0.0.1:" + std::to_string(stage.port());
  std::filesystem::create_directories(folder);
  Browser browser;
  browser.resize(1400, 900);
  shoot(browser, url + "/", folder / "page.png");
  browser.resize(1400, 1900);
  shoot(browser, url + "/", folder / "page-whole.png");
  browser.resize(1400, 900);
  browser.evaluate("document.querySelector('.acts button').click()");
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  browser.screenshot(folder / "sign-in.png");
  browser.evaluate("document.querySelector('#token').value = '" + std::string(supervisor_token) +
                   "', document.querySelector('#sign-in form').requestSubmit()");
  browser.wait_for("document.querySelector('#decide').open");
  browser.screenshot(folder / "decide.png");
  browser.resize(1400, 900, true);
  shoot(browser, url + "/", folder / "page-dark.png");
  browser.resize(420, 900);
  shoot(browser, url + "/", folder / "page-narrow.png");
  browser.resize(1024, 600);
  for (const char* lane : {"in-1", "in-2", "out-1"}) {
    shoot(browser, url + "/driver/" + lane, folder / (std::string("driver-") + lane + ".png"));
  }
}

}  // namespace
}  // namespace console_test

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  if (words.size() == 3 && words[0] == "--url") {
    console_test::Browser browser;
    browser.resize(1400, 900);
    console_test::shoot(browser, words[1], words[2]);
    return 0;
  }
  if (words.empty() || words.size() > 2 || words[0].starts_with("-")) {
    std::cerr << "usage: console_screens FOLDER [PICTURES] | console_screens --url URL FILE.png\n";
    return 2;
  }
  console_test::shoot_scene(words[0], words.size() == 2 ? words[1] : "");
  return 0;
}
