#pragma once

#include <stdexcept>
#include <string_view>

// toml++ 3.3, with its own asserts as exceptions: some of them do not hold for a damaged file ("[(" is one), and then it
// aborts, or, built with NDEBUG, takes them for granted and runs on. It gets a namespace of its own here, so that no
// other file's copy of its inline functions, which lacks this, is linked in their place.

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

}  // namespace gradwalk
