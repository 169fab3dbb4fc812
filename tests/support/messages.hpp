#pragma once

#include <boost/test/unit_test.hpp>
#include <exception>
#include <string>

/// For BOOST_CHECK_EXCEPTION: the message is one line and contains `part`; when not, the failure shows it.
inline auto says(const std::string& part) {
  return [part](const std::exception& error) {
    const std::string message = error.what();
    const bool as_it_should = message.find(part) != std::string::npos && message.find('\n') == std::string::npos;
    if (!as_it_should) BOOST_TEST_MESSAGE("expected  " << part << "\n     got  " << message);
    BOOST_TEST(message == (as_it_should ? message : part));
    return as_it_should;
  };
}
