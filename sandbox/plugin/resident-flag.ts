/** Argument of a provider that stays for many engines. */
export const residentFlag = "--resident";
