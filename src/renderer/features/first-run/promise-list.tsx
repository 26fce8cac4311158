import { Eye, KeyRound, Laptop } from "lucide-react";

const promises = [
  {
    icon: <Eye />,
    title: "What is read",
    text: "Names of channels and groups, who is in them, and the list of people in the workspace. No messages, and nothing is changed.",
  },
  {
    icon: <KeyRound />,
    title: "Where the secret goes",
    text: "Into this computer's own keychain. Never into a file, a log or the database.",
  },
  {
    icon: <Laptop />,
    title: "Where the results stay",
    text: "In a database on this computer. Muster has no server and sends nothing to anybody else.",
  },
];

/** What the operator should know before giving Muster access. */
export function PromiseList() {
  return (
    <dl className="grid gap-x-8 gap-y-4 border-t border-line pt-6 sm:grid-cols-3">
      {promises.map((promise) => (
        <div key={promise.title}>
          <dt className="flex items-center gap-1.5 text-sm font-medium">
            <span aria-hidden="true" className="text-fg-muted [&_svg]:size-3.5">
              {promise.icon}
            </span>
            {promise.title}
          </dt>
          <dd className="mt-1 text-sm text-pretty text-fg-muted">{promise.text}</dd>
        </div>
      ))}
    </dl>
  );
}
