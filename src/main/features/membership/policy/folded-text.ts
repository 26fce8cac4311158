/** What people's and groups' names are compared as: composed Unicode, outer blanks cut, without regard to case. */
export function foldText(text: string): string {
  return text.normalize("NFC").trim().toLowerCase().normalize("NFC");
}
