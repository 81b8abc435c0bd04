// Package samm reads the core model of OWASP SAMM, a folder of small YAML files that name each other by their ids.
//
// A business function becomes a pillar, a security practice a principle, each of its two streams a question, and each
// activity of a stream a practice, whose help says what is asked, its quality criteria, and which of SAMM's answers
// each status stands for. Ids are SAMM's short codes (D-SA-1-A: function, practice, level, stream); the long ones that
// the files use are kept in the lists `source`.
//
// All activities have the same risk and so the same weight: SAMM counts them alike.
package samm
