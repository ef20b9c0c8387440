interface PasswordRule {
  readonly text: string;
  readonly why: string;
  holds(password: string): boolean;
}

/** What a supplied password must be. */
const passwordRules: readonly PasswordRule[] = [
  { text: "at least 16 characters", why: "Policy of the environments.", holds: (password) => password.length >= 16 },
  { text: "at most 128 characters", why: "RDS takes no more.", holds: (password) => password.length <= 128 },
  { text: "an upper case letter", why: "Policy of the environments.", holds: (password) => /[A-Z]/.test(password) },
  { text: "a lower case letter", why: "Policy of the environments.", holds: (password) => /[a-z]/.test(password) },
  { text: "a digit", why: "Policy of the environments.", holds: (password) => /\d/.test(password) },
  {
    text: "a special character",
    why: "Policy of the environments.",
    holds: (password) => /[^A-Za-z0-9]/.test(password),
  },
  { text: 'no /, @, " or space', why: "RDS forbids them.", holds: (password) => !/[/@" ]/.test(password) },
  {
    text: "printable ASCII characters only",
    why: "RDS forbids all others.",
    holds: (password) => /^[\x20-\x7e]*$/.test(password),
  },
];

/** The rules that a password breaks, in words; never the password or a part of it. Empty when it is good. */
export const passwordFaults = (password: string): readonly string[] =>
  passwordRules.filter((rule) => !rule.holds(password)).map((rule) => rule.text);
