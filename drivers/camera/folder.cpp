#include "drivers/camera/folder.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <system_error>

#include "drivers/camera/still.hpp"

namespace camera {

namespace {

bool named_as_picture(const std::filesystem::path& file) {
  static constexpr std::array<std::string_view, 6> endings{".jpg", ".jpeg", ".png", ".JPG", ".JPEG", ".PNG"};
  return std::find(endings.begin(), endings.end(), file.extension().string()) != endings.end();
}

core::Result<std::set<std::string>> names_in(const std::filesystem::path& folder) {
  std::set<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    if (named_as_picture(file->path())) names.insert(file->path().filename().string());
  }
  if (error)
    return core::fail(core::Fault::broken, "picture folder " + folder.string() + ": " + error.message());
  if (names.empty())
    return core::fail(core::Fault::broken,
                      "picture folder " + folder.string() + ": no .jpg, .jpeg or .png in it");
  return names;
}

}  // namespace

core::Result<std::string> Folder::next() {
  const std::lock_guard lock(mutex_);
  const auto names = names_in(folder_);
  if (!names) return tl::unexpected(names.error());
  const auto after = names->upper_bound(last_);
  last_ = after == names->end() ? *names->begin() : *after;

  const auto path = folder_ / last_;
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) return core::fail(core::Fault::broken, path.string() + ": " + error.message());
  if (size > max_bytes_)
    return core::fail(core::Fault::corrupt,
                      path.string() + ": larger than " + std::to_string(max_bytes_) + " bytes");
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) return core::fail(core::Fault::broken, path.string() + ": cannot be read");
  if (!begins_as_picture(bytes))
    return core::fail(core::Fault::corrupt, path.string() + ": neither a JPEG nor a PNG picture");
  return bytes;
}

}  // namespace camera
