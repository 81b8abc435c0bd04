// Package cisoassistant reads framework libraries of CISO Assistant (YAML).
//
// A library's framework is a tree of requirement nodes, up to nine levels deep. The first level becomes the pillars,
// the second the principles; a question stands for the node that requirements lie directly under, its title says the
// way from the third level down to there; where that is long, its help does. A node that is assessable is a practice,
// also where there are others below it. Where the first level has more nodes than a questionnaire may have pillars, the
// framework is the only pillar, and everything is one level lower.
//
// Nodes that are not assessable explain: the texts of sections are the summary of the pillar or the principle, or the
// help of their first question, and a node below which there is nothing to assess is part of the text above it. A short
// top section of that kind is kept in the summary of the questionnaire; a long one, such as the preamble of a law, is a
// loss.
//
// A requirement may ask questions of its own, with choices. CISO Assistant computes the result of the requirement out of
// them, and a practice has one status, so that the practice remains the requirement: its questions, their choices, and
// what a choice stands for are written in the help, where the person who sets the status reads them. What no person can
// do by reading, adding up scores, or asking one question only after a certain answer to another, is listed as a loss.
//
// There is no risk and no effort in a library. References in the list `source` of a practice: the requirement's own
// reference and its urn as they stand, and with a word in front
//
//	group:…          an implementation group that the requirement belongs to
//	control:…        a reference control, threat:… a threat, by their urns
package cisoassistant
