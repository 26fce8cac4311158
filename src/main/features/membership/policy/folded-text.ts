/** What people's and groups' names are compared as: composed Unicode, outer blanks cut, without regard to case. */
export function foldText(text: string): string {
  return text.normalize("NFC").trim().toLowerCase().normalize("NFC");
}

/** Letters that Unicode does not take apart into a plain one and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
};

/** The same without marks on letters, as a name is typed on another keyboard: `Zoë` and `zoe`, `Łukasz` and `lukasz`. */
export function plainLetters(text: string): string {
  return foldText(text)
    .normalize("NFD")
    .replaceAll(/\p{M}+/gu, "")
    .replaceAll(/[łøđıßæœ]/gu, (letter) => PLAIN[letter] ?? letter);
}

/** The same without what cannot be seen: joiners, marks of direction, how an emoji is drawn, and what kind of blank it is. */
export function visibleText(text: string): string {
  return foldText(text.replaceAll(/\p{Default_Ignorable_Code_Point}+/gu, "").replaceAll(/\s+/gu, " "));
}
