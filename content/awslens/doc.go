// Package awslens reads and writes custom lenses of the AWS Well-Architected Tool (JSON, schemaVersion 2021-11-01).
//
// A pillar becomes a pillar; a question a principle with one question; a choice a practice whose id is that of the
// question, a dot, and that of the choice, because choice ids are scoped to their question. "None of these" is no
// practice: answering all others with "not yet" says the same. In risk rules it stands for exactly that.
//
// What the questionnaire format has no place for, and an export needs to say the same again, is kept as references in
// the lists `source`. On a principle:
//
//	lens-version:1.0              the lens's _version (on the first principle)
//	lens-pillar:the id            the pillar's id, where it had to change (on its first principle)
//	lens-question:the id          the question's id, where it had to change
//	lens-help:2                   the last two paragraphs of the question's help are its helpfulResource
//	lens-help-url:https://…       the helpfulResource's address, which follows them as a paragraph
//	lens-url:https://…            the question's own address, the last paragraph
//	lens-none:SEC1_no             the choice "None of these", the last one
//	lens-none:SEC1_no {…}         the same with what else it says, as JSON; "at" is its place, from 0, where not the last
//	lens-rule:0:SEC1_no || !a     a condition (from 0) that cannot be told from the questionnaire's
//
// and on a practice:
//
//	lens-choice:the id            the choice's id, where it had to change
//	lens-description:1            the first paragraph of the help is the description, the rest the helpfulResource
//
// Links are told apart by their titles: "Helpful resource (host)" and "Improvement plan (host)" are the addresses of
// those two, all others are additionalResources, those of an improvement plan with "Improvement plan: " in front.
package awslens
