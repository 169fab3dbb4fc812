#include "terminal.hpp"

#include <fmt/chrono.h>
#include <unistd.h>

#include <cstdlib>

#include "gradwalk/nn/file.hpp"
#include "gradwalk/tracer/language.hpp"

namespace gradwalk::cli {

bool is_terminal(std::FILE* stream) { return isatty(fileno(stream)) == 1; }

bool wants_colour(std::FILE* stream) {
  const char* no = std::getenv("NO_COLOR");
  return is_terminal(stream) && (no == nullptr || *no == '\0');
}

void write_result(const std::string& path, const std::string& bytes) {
  if (path.empty() || path == "-") {
    std::fwrite(bytes.data(), 1, bytes.size(), stdout);
    return;
  }
  write_file(path, bytes);
}

Progress::Progress(std::string label) : label_(std::move(label)), shown_(is_terminal(stderr)) {}

Progress::~Progress() { clear(); }

void Progress::clear() {
  if (visible_) fmt::print(stderr, "\r\033[K");
  visible_ = false;
}

void Progress::show(std::size_t finished, std::size_t of) {
  const auto now = Clock::now();
  if (!shown_ || finished == 0 || now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  constexpr std::size_t width = 30;
  const std::size_t filled = of ? width * finished / of : width;
  const double left = std::chrono::duration<double>(now - begin_).count() * static_cast<double>(of - finished) /
                      static_cast<double>(finished);
  fmt::print(
      stderr, "\r\033[K{} {}{} {}%  {}", label_, std::string(filled, '#'), std::string(width - filled, '.'),
      of ? 100 * finished / of : 100,
      tr("{time} left", fmt::arg("time", fmt::format("{:%M:%S}", std::chrono::seconds(static_cast<long>(left))))));
  visible_ = true;
  std::fflush(stderr);
}

}  // namespace gradwalk::cli
