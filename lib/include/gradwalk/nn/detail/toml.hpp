#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradwalk/nn/error.hpp"

// toml++ 3.3, with its own asserts as exceptions: some of them do not hold for a damaged file ("[(" is one), and then it
// aborts, or, built with NDEBUG, takes them for granted and runs on. It gets a namespace of its own here, so that no
// other file's copy of its inline functions, which lacks this, is linked in their place. Whoever in gradwalk reads TOML
// includes this; it is not installed.

namespace gradwalk {

struct TomlAssertion : std::logic_error {
  using std::logic_error::logic_error;
};
constexpr void toml_assert(bool holds) {
  if (!holds) throw TomlAssertion("toml++");
}

}  // namespace gradwalk

#pragma push_macro("NDEBUG")
#undef NDEBUG
#define TOML_HEADER_ONLY 1
#define TOML_ASSERT(expr) ::gradwalk::toml_assert(static_cast<bool>(expr))
#define toml gradwalk_toml
#include <toml++/toml.h>
#undef toml
#pragma pop_macro("NDEBUG")

namespace gradwalk {

namespace toml = ::gradwalk_toml;

/// Throws InputError, one line that begins with `name`.
inline toml::table parse_toml(std::string_view content, const std::string& name) {
  try {
    return toml::parse(content, name);
  } catch (const toml::parse_error& error) {
    std::string why(error.description());  // it may quote the file
    std::replace_if(
        why.begin(), why.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, '?');
    throw InputError(fmt::format("{}, line {}: {}", name, error.source().begin.line, why));
  } catch (const TomlAssertion&) {
    throw InputError(fmt::format("{}: this is not TOML", name));
  }
}

}  // namespace gradwalk
