/** How a call is judged, whatever the grants: everything that no rule lets through is denied. */
export const DECISION = `# The answer to one call: "allow", "ask" or "deny". A caller that gets no answer must deny, too.
default decision := {"decision": "deny", "reasons": ["no grant names this tool for this agent"]}

decision := {"decision": "deny", "reasons": [grant.because]} if grant.decision == "deny"

decision := {"decision": "deny", "reasons": ["the arguments are not what the grant lets through"]} if {
	grant.decision != "deny"
	not fits
}

decision := {"decision": "ask", "reasons": [grant.because]} if {
	grant.decision == "ask"
	fits
	not approved
}

decision := {"decision": "allow", "reasons": ["a person approved this call"]} if {
	grant.decision == "ask"
	fits
	approved
}

decision := {"decision": "allow", "reasons": [grant.because]} if {
	grant.decision == "allow"
	fits
}

# Only the value itself: a text such as "false" is no approval.
approved if input.approved == true

default arguments := {}

arguments := input.arguments

grant := own[key]

own := grants[input.agent]

key := input.tool if own[input.tool]

# \`server/*\` is the rest of that server's tools, but none of its features, such as \`@sampling\`.
key := rest if {
	not own[input.tool]
	parts := split(input.tool, "/")
	parts[0] != ""
	name := concat("/", array.slice(parts, 1, count(parts)))
	name != ""
	not startswith(name, "@")
	rest := concat("", [parts[0], "/*"])
	own[rest]
}

fits if grant.check == 0`;

/** Functions that checks are made of, by a text that shows where one is used. */
export const HELPERS: readonly (readonly [used: string, text: string])[] = [
  ['has(', 'has(x, name) if {\n\t_ = x[name]\n}'],
  [
    'is_multiple(',
    `is_multiple(x, _, _) if x == 0

# On the digits as they are written, since a remainder of fractions is not exact.
is_multiple(x, units, zeros) if {
	[_, whole, fraction] := regex.find_all_string_submatch_n("\\\\A-?([0-9]+)(?:[.]([0-9]*[1-9])?0*)?\\\\z", json.marshal(x), 1)[0]
	count(fraction) <= count(zeros)
	digits := substring(concat("", [fraction, zeros]), 0, count(zeros))
	to_number(trim_left(concat("", [whole, digits]), "0")) % units == 0
}`,
  ],
  [
    'step(',
    `step(x, name) := x[name] if is_object(x)

step(x, name) := x[to_number(name)] if {
	is_array(x)
	regex.match("\\\\A(0|[1-9][0-9]*)\\\\z", name)
}`,
  ],
];
