#pragma once

#include <string>

#include "sheet.hpp"

namespace gradwalk::worksheet {

enum class Audience { student, teacher };  // the teacher's is the key

/// A document for lualatex, complete.
std::string as_latex(const Sheet& sheet, Audience audience);

/// A page that needs nothing beside it: styles and pictures are inside.
std::string as_html(const Sheet& sheet, Audience audience);

/// Moodle XML: one cloze question for each problem, its graph embedded, wrong answers with their feedback.
/// (docs.moodle.org: "Moodle XML format", "Embedded Answers (Cloze) question type".)
std::string as_moodle_xml(const Sheet& sheet);

/// An IMS QTI 1.2 package, zipped: for each problem a group of numerical questions of which Canvas picks one.
/// (IMS Question & Test Interoperability, ASI XML binding 1.2; the fields that Canvas reads and writes.)
std::string as_qti_zip(const Sheet& sheet);

}  // namespace gradwalk::worksheet
