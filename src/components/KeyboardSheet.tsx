import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type KeyGroup, keyGroups } from './keyboardKeys.ts';

/** Every key there is, by the place where it works. */
export default function KeyboardSheet({ onClose }: { onClose: () => void }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (sheet.current?.open === false) sheet.current.showModal();
  }, []);
  const groups = keyGroups(/Mac|iPhone|iPad/.test(navigator.userAgent));
  return (
    <dialog className="sheet" ref={sheet} aria-labelledby="keyboard-title" onClose={onClose}>
      <header>
        <h2 id="keyboard-title">Keyboard</h2>
        <button
          className="icon-button"
          type="button"
          aria-label="Close"
          onClick={() => sheet.current?.close()}
        >
          <X aria-hidden />
        </button>
      </header>
      <div className="sheet-groups">
        {groups.map((group) => (
          <Group key={group.place} group={group} />
        ))}
      </div>
    </dialog>
  );
}

function Group({ group }: { group: KeyGroup }) {
  return (
    <section>
      <h3>{group.place}</h3>
      <dl>
        {group.keys.map(({ keys, meaning }) => (
          <div key={meaning}>
            <dt>
              {keys.map((chord, index) => (
                <span key={chord}>
                  {index > 0 && <span className="sheet-or"> or </span>}
                  {chord.split(' ').map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </span>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
