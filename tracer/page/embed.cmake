# Joins template.html, page.css and SCRIPTS into OUTPUT, the definition of gradwalk::page_template.
cmake_minimum_required(VERSION 3.25)

file(READ "${CMAKE_CURRENT_LIST_DIR}/template.html" page)
file(READ "${CMAKE_CURRENT_LIST_DIR}/page.css" style)
set(script "")
foreach(name IN LISTS SCRIPTS)
  file(READ "${CMAKE_CURRENT_LIST_DIR}/${name}" text)
  string(APPEND script "${text}\n")
endforeach()
string(REPLACE "@style@" "${style}" page "${page}")
string(REPLACE "@script@" "${script}" page "${page}")
file(WRITE "${OUTPUT}" "#include <string_view>

namespace gradwalk {
extern const std::string_view page_template;
const std::string_view page_template = R\"--page--(${page})--page--\";
}  // namespace gradwalk
")
